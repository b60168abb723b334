package dev.signaltoorder.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Holds rows of {@code signal_summary}, which the service's role may change, and of the performance
 * report's tables, which the owner may, against the facts that they follow from, which nobody may.
 * Rows and facts become true in one commit, so both have to be read of one moment: the caller's
 * transaction must be REPEATABLE READ. A delivery that was handed over to its account's leader has
 * a row, and no facts until the leader takes it: that is no contradiction as long as the row says
 * that nothing was decided. Thread-safe.
 */
public final class SummaryCheck {
  private static final String ROWS =
      """
      select signal_id, account, source, strategy, pair, action, received_at, outcome, reasons,
        order_id, order_txid, volume, average_price, slippage_bps, fee, price_origin
      from signal_summary where signal_id = any (?)
      """;
  private static final String FACTS =
      """
      select signal_id, account, seq, kind, canonical from journal
      where signal_id = any (?) and kind = any (?) order by signal_id, account, seq
      """;

  /** Taken by a process that does not lead the account: committed, and no fact yet. */
  private static final String HANDED_OVER =
      "select signal_id from handed_over where signal_id = any (?)";

  private static final String NOT_DECIDED = "PENDING";

  private static final String EXECUTIONS =
      "its orders or fills in the performance report are not those of its facts";

  private final DataSource dataSource;
  private final SummaryFolding folding;

  /** By what {@code folding} makes of facts. */
  public SummaryCheck(DataSource dataSource, SummaryFolding folding) {
    this.dataSource = dataSource;
    this.folding = folding;
  }

  /**
   * A row that does not follow from its signal's facts.
   *
   * @param account of the facts; of the rows when there are none
   * @param text what differs
   */
  public record Difference(UUID signalId, String account, String text) {}

  /**
   * What is wrong with the row of one signal; empty when nothing is. Reads in the transaction of
   * the calling thread, if it has one.
   *
   * @throws JournalException when it could not be read
   */
  public Optional<Difference> of(UUID signalId) {
    try (Connection connection = dataSource.getConnection()) {
      return of(connection, List.of(signalId)).stream().findFirst();
    } catch (SQLException e) {
      throw new JournalException(
          "the report's row of " + signalId + " could not be compared: " + e.getMessage(), e);
    }
  }

  /** What is wrong with the rows of these signals, in their order. */
  List<Difference> of(Connection connection, Collection<UUID> signalIds) throws SQLException {
    Array ids = connection.createArrayOf("uuid", signalIds.toArray());
    Map<UUID, Row> rows = rows(connection, ids);
    Map<UUID, Facts> facts = facts(connection, ids);
    if (!facts.keySet().containsAll(rows.keySet())) {
      handedOver(connection, ids).stream()
          .filter(id -> !facts.containsKey(id) && isNotDecided(rows.get(id)))
          .forEach(rows::remove);
    }
    Map<UUID, String> executions = ExecutionCheck.differing(connection, ids);
    List<Difference> found = new ArrayList<>();
    for (UUID signalId : signalIds) {
      Row row = rows.get(signalId);
      Facts of = facts.get(signalId);
      String account = executions.get(signalId);
      List<String> texts = new ArrayList<>();
      texts.add(text(row, of));
      if (account != null) {
        texts.add(EXECUTIONS);
      }
      texts.removeIf(String::isEmpty);
      if (!texts.isEmpty()) {
        String whose = account(row, of, account);
        found.add(new Difference(signalId, whose, String.join("; ", texts)));
      }
    }
    return found;
  }

  private static String account(
      @Nullable Row row, @Nullable Facts facts, @Nullable String executions) {
    if (facts != null) {
      return facts.accounts.iterator().next();
    }
    return row == null ? Objects.requireNonNull(executions) : row.account();
  }

  /** Empty when nothing differs. */
  private String text(@Nullable Row row, @Nullable Facts facts) {
    SignalSummary folded;
    try {
      folded = facts == null ? null : folding.fold(facts.all).orElse(null);
    } catch (RuntimeException e) {
      return "its facts cannot be folded: " + e.getMessage();
    }
    if (facts != null && facts.accounts.size() > 1) {
      return "accounts " + String.join(" and ", facts.accounts) + " both have facts of it";
    }
    if (row == null) {
      return folded == null ? "" : "the report has no row of it";
    }
    if (facts == null || folded == null) {
      return "the report has a row of it, and no fact says that it was ever taken";
    }
    List<String> differences = new ArrayList<>(row.summary().differencesFrom(folded));
    if (!facts.accounts.contains(row.account())) {
      differences.add(
          "account: the report says %s, the facts say %s"
              .formatted(row.account(), String.join("", facts.accounts)));
    }
    return String.join("; ", differences);
  }

  private static boolean isNotDecided(@Nullable Row row) {
    return row != null && row.summary().outcome().equals(NOT_DECIDED);
  }

  private static Set<UUID> handedOver(Connection connection, Array ids) throws SQLException {
    Set<UUID> waiting = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(HANDED_OVER)) {
      statement.setArray(1, ids);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          waiting.add(row.getObject(1, UUID.class));
        }
      }
    }
    return waiting;
  }

  private static Map<UUID, Row> rows(Connection connection, Array ids) throws SQLException {
    Map<UUID, Row> rows = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setArray(1, ids);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          SignalSummary summary = summary(row);
          rows.put(summary.signalId(), new Row(row.getString(2), summary));
        }
      }
    }
    return rows;
  }

  private static SignalSummary summary(ResultSet row) throws SQLException {
    return new SignalSummary(
        row.getObject(1, UUID.class),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getString(8),
        List.of((String[]) row.getArray(9).getArray()),
        row.getObject(10, UUID.class),
        row.getString(11),
        row.getBigDecimal(12),
        row.getBigDecimal(13),
        row.getBigDecimal(14),
        row.getBigDecimal(15),
        row.getString(16));
  }

  private Map<UUID, Facts> facts(Connection connection, Array ids) throws SQLException {
    Map<UUID, Facts> facts = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FACTS)) {
      statement.setArray(1, ids);
      statement.setArray(2, connection.createArrayOf("text", folding.kinds().toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Facts of = facts.computeIfAbsent(row.getObject(1, UUID.class), id -> new Facts());
          of.accounts.add(row.getString(2));
          of.all.add(new RawFact(row.getLong(3), row.getString(4), row.getBytes(5)));
        }
      }
    }
    return facts;
  }

  /** A row of the table. */
  private record Row(String account, SignalSummary summary) {}

  /** The facts of one signal. */
  private static final class Facts {
    private final Set<String> accounts = new LinkedHashSet<>();
    private final List<RawFact> all = new ArrayList<>();
  }
}
