package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.PostgresResource;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal stays as it was written, because the database says so and not our discipline. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class DatabaseRolesTest extends RunningService {
  private static final String OWNER = "s2o_owner";
  private static final String RUNTIME = "s2o_runtime";
  private static final String REVIEWER = "s2o_reviewer";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String ENTRY =
      "insert into journal (account, seq, recorded_at, kind, body, canonical, leaf_hash)"
          + " values ('a test', 0, now(), 'test', '{}', '{}', decode(repeat('00', 32), 'hex'))";

  @BeforeEach
  void somethingIsOnRecord() {
    String signalId = accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
    report().awaitOutcome(signalId, "DONE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update journal set kind = 'forged'",
        "update journal set raw = null where seq = 0",
        "select register_archive('x')",
        "delete from journal",
        "truncate journal",
        "alter table journal disable trigger all",
        "alter table journal disable trigger journal_is_append_only",
        "drop trigger journal_is_append_only on journal",
        "alter table journal drop column raw",
        "drop table journal",
        "create or replace function refuse_change() returns trigger language plpgsql"
            + " as 'begin return null; end'",
        "set session_replication_role = replica",
        "set role s2o_owner",
        "alter table journal owner to s2o_runtime",
        "create table mine (x int)",
        "update inbox set signal_id = gen_random_uuid()",
        "delete from inbox",
        "update checkpoint set note = 'forged'",
        "delete from checkpoint",
        "truncate checkpoint",
        "alter table checkpoint disable trigger all",
        "update merkle_node set hash = hash",
        "delete from merkle_node",
        "drop view audit_signal",
        "create or replace view audit_signal as select 1",
        "delete from lease",
        "delete from nonce",
        "delete from signal_summary",
        "alter table signal_summary disable trigger user",
        "update signal_total set signals = signals + 1",
        "insert into signal_total select * from signal_total limit 1",
        "delete from signal_total",
        "truncate signal_total",
        "delete from performance_order",
        "update performance_fill set fee = 0",
        "create or replace function count_signals() returns trigger language plpgsql"
            + " as 'begin return null; end'"
      })
  void theServicesRoleCannot(String statement) {
    assertRefused(RUNTIME, statement);
  }

  @Test
  void theServicesRoleCanAppend() {
    assertThatCode(() -> tryOut(RUNTIME, ENTRY)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update journal set kind = 'forged'",
        "update journal set kind = 'forged' where false",
        "delete from journal",
        "truncate journal",
        "update checkpoint set note = 'forged'",
        "delete from checkpoint",
        "truncate checkpoint",
        "update merkle_node set hash = hash",
        "delete from merkle_node",
        "truncate merkle_node"
      })
  void evenTheOwnerIsStoppedByTheTrigger(String statement) {
    assertThatThrownBy(() -> tryOut(OWNER, statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("is refused: the journal is append-only");
  }

  /** What an archive on record has may be taken away, and nothing else: see ArchiveRolesTest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update journal set raw = null where raw is not null",
        "update journal set raw = 'forged'",
        "update journal set raw = raw where raw is not null"
      })
  void notEvenTheOwnerChangesWhatWasReceived(String statement) {
    assertThatThrownBy(() -> tryOut(OWNER, statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("UPDATE on journal is refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ENTRY,
        "update journal set raw = null where raw is not null",
        "select register_archive('x')",
        "update journal set kind = 'forged'",
        "delete from journal",
        "truncate journal",
        "update signal_summary set outcome = 'FILLED'",
        "insert into inbox values ('s', 'd', 'b', gen_random_uuid(), 'a', now())",
        "select * from nonce",
        "insert into checkpoint values ('a', 1, '00000000', decode(repeat('00', 32), 'hex'), 'note')",
        "delete from checkpoint",
        "delete from merkle_node",
        "alter view audit_signal owner to s2o_reviewer",
        "create table mine (x int)"
      })
  void theReviewersRoleCannot(String statement) {
    assertRefused(REVIEWER, statement);
  }

  /** The database's server may read the key's file if it runs as the same user; nobody makes it. */
  @ParameterizedTest
  @ValueSource(strings = {RUNTIME, REVIEWER, OWNER})
  void noRoleReadsTheKeyThatSignsThroughTheDatabase(String role) {
    String key = ServiceResource.checkpointKeyFile().toString();

    assertRefused(role, "select pg_read_file('" + key + "')");
    assertRefused(role, "select pg_read_binary_file('" + key + "')");
    assertRefused(role, "select pg_stat_file('" + key + "')");
    assertRefused(role, "select lo_import('" + key + "')");
    assertRefused(role, "create temporary table t (line text); copy t from '" + key + "'");
    assertRefused(
        role, "create temporary table t (line text); copy t from program 'cat " + key + "'");
    assertRefused(role, "copy (select 1) to program 'cat " + key + "'");
    assertRefused(role, "set role pg_read_server_files");
    assertRefused(role, "set role pg_execute_server_program");
  }

  @ParameterizedTest
  @ValueSource(strings = {"journal", "inbox", "signal_summary", "audit_signal"})
  void theReviewersRoleCanRead(String table) throws Exception {
    try (Connection connection = PostgresResource.as(REVIEWER).getConnection();
        Statement statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from " + table)) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isPositive();
    }
  }

  private static void assertRefused(String role, String statement) {
    assertThatThrownBy(() -> tryOut(role, statement))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }

  /** Executes and rolls back. */
  private static void tryOut(String role, String sql) throws SQLException {
    try (Connection connection = PostgresResource.as(role).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute(sql);
      } finally {
        connection.rollback();
      }
    }
  }
}
