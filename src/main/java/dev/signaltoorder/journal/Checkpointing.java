package dev.signaltoorder.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the journals of this database Merkle logs with signed checkpoints: one thread beside the
 * writers, which never wait for it. Every process does this on its own and remembers on its own;
 * two that sign the same head write the same note.
 */
public final class Checkpointing implements Runnable {
  private static final Logger LOG = Logger.getLogger(Checkpointing.class);
  private static final String ACCOUNTS = "select account from lease";
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final int SCRUB_EVERY = 4;

  /** Facts that are read again in a second, of all accounts together: idle, and under load. */
  private static final int SCRUB_FACTS = 500;

  private static final int SCRUB_FACTS_BUSY = 50;

  /** Signals whose row is compared in a second: about the same number of facts. */
  private static final int SCRUB_SIGNALS = 50;

  private static final int SCRUB_SIGNALS_BUSY = 5;

  /** New facts in one pass that mean load. */
  private static final int BUSY = 10;

  private final DataSource dataSource;
  private final String originPrefix;
  private final @Nullable CheckpointSigner signer;
  private final Map<String, AccountLog> logs = new ConcurrentHashMap<>();
  private final @Nullable SummaryScrub report;
  private final Deque<AccountLog> scrubTurns = new ArrayDeque<>();
  private final Thread thread;
  private final AtomicReference<@Nullable Replacement> replacement = new AtomicReference<>();
  private volatile boolean stopping;
  private boolean failing;

  private Checkpointing(
      DataSource dataSource,
      String originPrefix,
      @Nullable CheckpointSigner signer,
      @Nullable SummaryScrub report) {
    this.dataSource = dataSource;
    this.report = report;
    this.originPrefix = originPrefix;
    this.signer = signer;
    this.thread = Thread.ofPlatform().name("checkpoints").daemon().unstarted(this);
  }

  /**
   * Reads what was signed before; starts nothing yet. The report's rows are not compared.
   *
   * @throws UncheckedIOException when the file of earlier checkpoints is there and cannot be read
   */
  static Checkpointing of(DataSource dataSource, EvidenceSettings settings) {
    return of(dataSource, settings, (SummaryScrub) null);
  }

  /**
   * Reads what was signed before; starts nothing yet.
   *
   * @param report compares the report's rows with their facts
   * @throws UncheckedIOException when the file of earlier checkpoints is there and cannot be read
   */
  public static Checkpointing of(
      DataSource dataSource, EvidenceSettings settings, SummaryCheck report) {
    return of(dataSource, settings, new SummaryScrub(report));
  }

  private static Checkpointing of(
      DataSource dataSource, EvidenceSettings settings, @Nullable SummaryScrub report) {
    try {
      return new Checkpointing(
          dataSource, settings.originPrefix(), CheckpointSigner.of(settings).orElse(null), report);
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint file cannot be read", e);
    }
  }

  /** Another key, and who is to know when it is used. */
  private record Replacement(CheckpointKey key, BiConsumer<String, String> replaced) {}

  /** Begins, and says with which key. */
  public void start() {
    if (signer != null) {
      tellTheKey(signer);
    }
    thread.start();
  }

  private static void tellTheKey(CheckpointSigner signer) {
    LOG.infof(
        "checkpoints are signed with key %s; its public key for verify:%n%s",
        signer.verifier().fingerprint(), signer.verifier().pem());
  }

  /** What opens checkpoints that are signed now; empty when nothing is signed. Thread-safe. */
  public Optional<CheckpointVerifier> verifier() {
    return Optional.ofNullable(signer).map(CheckpointSigner::verifier);
  }

  /** Fingerprint of the key that signs; empty when nothing is signed. Thread-safe. */
  public Optional<String> keyFingerprint() {
    return verifier().map(CheckpointVerifier::fingerprint);
  }

  /**
   * Signs with another key from the next pass on; without a key from the start it changes nothing.
   * Thread-safe.
   *
   * @param replaced is told the fingerprints of the old and the new key, on the thread that signs,
   *     before the new one has signed anything
   */
  public void replaceKey(CheckpointKey next, BiConsumer<String, String> replaced) {
    replacement.set(new Replacement(next, replaced));
  }

  private void takeReplacement() {
    Replacement next = replacement.getAndSet(null);
    if (next != null && signer != null) {
      String before = signer.verifier().fingerprint();
      signer.replaceKey(next.key());
      tellTheKey(signer);
      next.replaced().accept(before, next.key().fingerprint());
    }
  }

  /** Stops after the pass in hand. */
  public void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (signer != null) {
      signer.close();
    }
  }

  /** What is known of each account's log, by account. */
  public List<LogStatus> status() {
    return logs.values().stream()
        .map(AccountLog::status)
        .sorted(Comparator.comparing(LogStatus::account))
        .toList();
  }

  /** What is known of the report's rows. */
  public ReportStatus report() {
    return report == null ? ReportStatus.NONE : report.status();
  }

  @Override
  public void run() {
    int round = 0;
    while (!stopping) {
      try {
        boolean scrubbing = round % SCRUB_EVERY == 0;
        boolean busy = pass(System.nanoTime(), scrubbing) > BUSY;
        failing = false;
        if (scrubbing && report != null) {
          report.slice(dataSource, busy ? SCRUB_SIGNALS_BUSY : SCRUB_SIGNALS, System.nanoTime());
        }
      } catch (SQLException | RuntimeException e) {
        logOnce(e);
      }
      round++;
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Looks at every account once. Returns how many facts were new. */
  long pass(long nowNanos, boolean scrubbing) throws SQLException {
    takeReplacement();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long fresh = 0;
        for (String account : accounts(connection)) {
          AccountLog log =
              logs.computeIfAbsent(
                  account, name -> new AccountLog(name, origin(name), signer, nowNanos));
          fresh += log.follow(connection, nowNanos);
          connection.commit();
        }
        if (scrubbing) {
          scrub(connection, fresh > BUSY ? SCRUB_FACTS_BUSY : SCRUB_FACTS, nowNanos);
          connection.commit();
        }
        return fresh;
      } catch (SQLException | RuntimeException e) {
        logs.values().forEach(AccountLog::forget);
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** One account at a time takes its turn. */
  private void scrub(Connection connection, int most, long nowNanos) throws SQLException {
    // Once more than there are accounts: the turns may have to be filled first.
    for (int i = 0; i <= logs.size(); i++) {
      AccountLog log = scrubTurns.poll();
      if (log == null) {
        scrubTurns.addAll(logs.values());
      } else if (log.scrub(connection, most, nowNanos)) {
        return;
      }
    }
  }

  private String origin(String account) {
    return originPrefix + "/" + account;
  }

  private Set<String> accounts(Connection connection) throws SQLException {
    Set<String> accounts = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(ACCOUNTS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        accounts.add(row.getString(1));
      }
    }
    // A journal that is gone altogether is known to the file only.
    if (signer != null) {
      for (String origin : signer.rememberedOrigins()) {
        named(origin).ifPresent(accounts::add);
      }
    }
    return accounts;
  }

  private Optional<String> named(String origin) {
    String start = originPrefix + "/";
    return origin.startsWith(start)
        ? Optional.of(origin.substring(start.length()))
        : Optional.empty();
  }

  /** While the database is away this fails four times a second. */
  private void logOnce(Exception e) {
    if (!failing) {
      LOG.warnf("checkpoints wait: %s", e.getMessage());
    }
    failing = true;
  }
}
