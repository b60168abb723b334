package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.PostgresResource;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reviewer reads with SQL: typed, complete, and for nobody else. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class SqlDoorTest extends RunningService {
  private static final String OWNER = "s2o_owner";
  private static final String RUNTIME = "s2o_runtime";
  private static final String REVIEWER = "s2o_reviewer";

  @Test
  void theWholeStoryOfAFilledSignalIsThereInTypedColumns() throws Exception {
    // Another one where a slow machine did not hear Kraken's answer in time, and looked it up.
    String signalId = ended("FILLED", () -> Payload.of("BUY", freshStrategy()));
    for (int i = 0; i < 10 && !"REPLY".equals(one(toAddOrder(signalId)).get("outcome")); i++) {
      signalId = ended("FILLED", () -> Payload.of("BUY", freshStrategy()));
    }
    String ofSignal = " where signal_id = '" + signalId + "'";

    Map<String, Object> signal = one("select * from audit_signal" + ofSignal);
    assertThat(signal).containsEntry("valid", true).containsEntry("action", "BUY");
    assertThat(signal.get("received_at")).isInstanceOf(Timestamp.class);
    assertThat(signal.get("raw_body").toString()).contains("BUY");
    Map<String, Object> decision = one("select * from audit_decision" + ofSignal);
    assertThat(decision).containsEntry("approved", true).containsEntry("outcome", "PENDING");
    assertThat((BigDecimal) decision.get("bid")).isEqualByComparingTo(BID);
    assertThat(all("select * from audit_rule_result" + ofSignal))
        .hasSizeGreaterThan(20)
        .allSatisfy(row -> assertThat(row.get("verdict")).isIn("PASS", "NOT_APPLICABLE"));
    Map<String, Object> order = one("select * from audit_order" + ofSignal);
    assertThat((BigDecimal) order.get("volume")).isPositive();
    assertThat(order.get("deadline")).isInstanceOf(Timestamp.class);
    assertThat(all("select * from audit_order_event" + ofSignal))
        .extracting(row -> row.get("event"))
        .contains("order-placed", "order-ended");
    Map<String, Object> call = one(toAddOrder(signalId));
    assertThat(call).containsEntry("http_status", 200).containsEntry("outcome", "REPLY");
    assertThat(call.get("call_id")).isInstanceOf(UUID.class);
    assertThat(call.get("reply").toString()).contains("txid");
    Map<String, Object> sums =
        one("select sum(volume) as v, max(total_volume) as t from audit_fill" + ofSignal);
    assertThat((BigDecimal) sums.get("v"))
        .isEqualByComparingTo((BigDecimal) order.get("volume"))
        .isEqualByComparingTo((BigDecimal) sums.get("t"));
    assertThat(all("select * from audit_market_read where reply is not null limit 1")).hasSize(1);
  }

  @Test
  void whatOperatorsDidIsThere() throws Exception {
    String reason = "a drill " + UUID.randomUUID();
    operator().post("/operations/halt", Map.of("scope", "ENTRIES", "reason", reason));
    operator().post("/operations/resume", Map.of("reason", reason));

    assertThat(
            all("select * from audit_operator_action where reason = '" + reason + "' order by seq"))
        .extracting(row -> row.get("action") + " by " + row.get("actor"))
        .containsExactly("trading-halted by olaf", "trading-resumed by olaf");
    assertThat(all("select * from audit_operator_action where action = 'rules-activated'"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.get("rule_set_version")).isNotNull());
  }

  @Test
  void rehearsalsAreThereWithWhoMadeThem() throws Exception {
    String reason = "a rehearsal " + UUID.randomUUID();
    operator().post("/operations/halt/drill", Map.of("scope", "ALL", "reason", reason));

    assertThat(all("select * from audit_operator_action where reason = '" + reason + "'"))
        .extracting(row -> row.get("action") + " by " + row.get("actor") + ": " + row.get("scope"))
        .containsExactly("halt-rehearsed by olaf: ALL");
  }

  /** A quarantine takes ten minutes: the view is asked about facts as the service writes them. */
  @Test
  void aSettledOrderIsThereWithWhoSettledItAndWhy() throws Exception {
    try (Connection connection = PostgresResource.as(OWNER).getConnection();
        java.sql.Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String txid : List.of("\"OABC\"", "null")) {
        statement.execute(
            "insert into journal (account, seq, recorded_at, kind, order_id, body, canonical, leaf_hash)"
                + " select 'settled test', count(*), now(), 'order-settled', gen_random_uuid(),"
                + " '{\"actor\":\"olaf\",\"reason\":\"seen\",\"txid\":"
                + txid
                + "}', '{}', sha256('x') from journal where account = 'settled test'");
      }
      List<String> shown = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "select actor, reason, txid, order_id is not null from audit_operator_action"
                  + " where action = 'order-settled' and account = 'settled test' order by seq")) {
        while (row.next()) {
          shown.add(String.join(" ", row.getString(1), row.getString(2), row.getString(3)));
          assertThat(row.getBoolean(4)).isTrue();
        }
      }
      connection.rollback();
      assertThat(shown).containsExactly("olaf seen OABC", "olaf seen none");
    }
  }

  @Test
  void whoWasTurnedAwayIsThere() {
    String cause = "select * from audit_refused_delivery where source = 'load'";
    sender("load")
        .signingWith(dev.signaltoorder.testing.TestSecrets.STRANGER)
        .send(Payload.of("BUY", freshStrategy()));

    await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(all(cause)).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit_signal",
        "audit_decision",
        "audit_rule_result",
        "audit_order",
        "audit_order_event",
        "audit_kraken_reply",
        "audit_market_read",
        "audit_fill",
        "audit_operator_action",
        "audit_refused_delivery",
        "audit_protection",
        "audit_order_change",
        "audit_cancel",
        "audit_condition",
        "audit_safety",
        "audit_position_mark",
        "audit_account_reading",
        "audit_key",
        "audit_process"
      })
  void everyViewIsDescribedAndForReviewersOnly(String view) throws Exception {
    all("select * from " + view + " limit 3");

    assertThat(one("select obj_description('" + view + "'::regclass) as text").get("text"))
        .asString()
        .isNotBlank();
    assertThatThrownBy(() -> read(RUNTIME, "select * from " + view))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> read(REVIEWER, "delete from " + view))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void everyViewOfTheDatabaseIsInTheDocumentation() throws Exception {
    String documented = java.nio.file.Files.readString(java.nio.file.Path.of("docs/audit.md"));

    List<Map<String, Object>> views =
        read(
            OWNER,
            "select viewname from pg_views where schemaname = 'public' and viewname like 'audit%'");
    assertThat(views).hasSizeGreaterThan(8);
    assertThat(views)
        .allSatisfy(row -> assertThat(documented).contains("`" + row.get("viewname") + "`"));
  }

  private static String toAddOrder(String signalId) {
    return "select * from audit_kraken_reply where signal_id = '"
        + signalId
        + "' and purpose = 'add-order'";
  }

  private static Map<String, Object> one(String sql) throws SQLException {
    List<Map<String, Object>> rows = all(sql);
    assertThat(rows).as(sql).hasSize(1);
    return rows.getFirst();
  }

  private static List<Map<String, Object>> all(String sql) throws SQLException {
    return read(REVIEWER, sql);
  }

  private static List<Map<String, Object>> read(String role, String sql) throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Connection connection = PostgresResource.as(role).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        Map<String, Object> row = new TreeMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnName(i), result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
