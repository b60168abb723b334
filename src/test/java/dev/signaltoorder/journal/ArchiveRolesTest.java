package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each role of the database may do about archives: the archiver one thing, nobody else. */
class ArchiveRolesTest {
  private static final String PRIVILEGE = "42501";
  private static final String ARCHIVER = ArchiveDatabase.ARCHIVER;
  private static final String MOVE_ALL = "update journal set raw = null where raw is not null";

  @TempDir static Path place;

  private static ArchiveDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = new ArchiveDatabase(place);
    anArchiveOnRecord();
    database.sign();
  }

  /** More than half of the facts are in it; it is not signed, and nothing is moved. */
  private static void anArchiveOnRecord() throws Exception {
    database.reset();
    assertThatThrownBy(() -> database.archiveUnsigned()).isInstanceOf(ArchivingException.class);
  }

  @AfterAll
  static void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update journal set kind = 'forged'",
        "update journal set body = '{}'",
        "update journal set canonical = ''",
        "update journal set leaf_hash = leaf_hash",
        "update journal set raw = null, body = '{}' where raw is not null",
        "delete from journal",
        "truncate journal",
        "insert into journal (account, seq, recorded_at, kind, body, canonical, leaf_hash)"
            + " values ('archives', 1, now(), 'facts-archived', '{}', '{}', decode(repeat('00', 32), 'hex'))",
        "alter table journal disable trigger all",
        "alter table journal disable trigger journal_raw_only_moves",
        "drop trigger journal_raw_only_moves on journal",
        "create or replace function refuse_all_but_moving() returns trigger language plpgsql"
            + " as 'begin return new; end'",
        "create or replace view archive as select 1",
        "set session_replication_role = replica",
        "set role s2o_owner",
        "alter table journal owner to s2o_archiver",
        "create table mine (x int)",
        "update lease set journal_size = 0",
        "delete from checkpoint",
        "insert into checkpoint values ('archives', 9, '00000000', decode(repeat('00', 32), 'hex'), 'note')",
        "delete from merkle_node",
        "select * from inbox",
        "select * from nonce",
        "update signal_summary set outcome = 'FILLED'"
      })
  void theArchiversRoleCannot(String statement) {
    assertRefused(ARCHIVER, statement);
  }

  @ParameterizedTest
  @ValueSource(strings = {EvidenceDatabase.RUNTIME, "s2o_reviewer"})
  void noOtherRoleCanMoveOrPutOnRecord(String role) {
    assertRefused(role, MOVE_ALL);
    assertRefused(role, "update journal set raw = null where seq = 0");
    assertRefused(role, "select register_archive('x')");
  }

  @ParameterizedTest
  @ValueSource(strings = {ARCHIVER, EvidenceDatabase.OWNER})
  void beforeTheRecordIsSignedNobodyMoves(String role) throws Exception {
    anArchiveOnRecord();
    assertThatThrownBy(() -> tryOut(role, List.of(MOVE_ALL)))
        .hasMessageContaining("no archive with fact");
    database.sign();
  }

  @ParameterizedTest
  @ValueSource(strings = {ARCHIVER, EvidenceDatabase.OWNER})
  void receivedBytesCanBeTakenAwayOnlyWhereASignedArchiveHasThem(String role) throws Exception {
    Map<Long, String> raws = database.raws();
    long archived = new TreeMap<>(raws).firstKey();
    long younger = new TreeMap<>(raws).lastKey();

    assertThat(
            tryOut(
                role,
                List.of(
                    "update journal set raw = null where account = 'main' and seq = " + archived)))
        .isEqualTo(1);
    assertThatThrownBy(
            () ->
                tryOut(
                    role,
                    List.of(
                        "update journal set raw = null where account = 'main' and seq = "
                            + younger)))
        .hasMessageContaining("no archive with fact " + younger + " of main");
    assertThatThrownBy(
            () ->
                tryOut(
                    role,
                    List.of(
                        "update journal set raw = 'forged' where account = 'main' and seq = "
                            + archived)))
        .hasMessageContaining("append-only");
    assertThatThrownBy(
            () ->
                tryOut(
                    role,
                    List.of(
                        "update journal set raw = 'added' where account = 'main' and raw is null")))
        .hasMessageContaining("append-only");
    // Tables of one's own that look like those the trigger asks are not asked.
    assertThatThrownBy(
            () ->
                tryOut(
                    role,
                    List.of(
                        "create temporary table archive (account text, first_seq bigint, next_seq bigint, fact bigint)",
                        "insert into archive values ('main', 0, 1000, 0)",
                        "update journal set raw = null where account = 'main' and seq = "
                            + younger)))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aYoungFactKeepsItsBytesEvenIfAnArchiveHasIt() throws Exception {
    String fact = " where account = 'main' and seq = " + new TreeMap<>(database.raws()).firstKey();
    database.tamper("update journal set recorded_at = now()" + fact);

    assertThatThrownBy(() -> tryOut(ARCHIVER, List.of("update journal set raw = null" + fact)))
        .hasMessageContaining("younger than a day");
    anArchiveOnRecord();
    database.sign();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"account\":\"main\",\"kind\":\"facts-archived\",\"signalId\":null,\"orderId\":null,\"rawSha256\":null,\"seq\":100,\"body\":{}}",
        "{\"account\":\"archives\",\"kind\":\"order-ended\",\"signalId\":null,\"orderId\":null,\"rawSha256\":null,\"seq\":1,\"body\":{}}",
        "{\"account\":\"archives\",\"kind\":\"facts-archived\",\"signalId\":null,\"orderId\":null,\"rawSha256\":null,\"seq\":1,\"body\":{}}"
      })
  void onlyFactsAboutArchivesCanBePutOnRecord(String fact) {
    assertThatThrownBy(() -> tryOut(ARCHIVER, List.of("select register_archive('" + fact + "')")))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("23514"));
  }

  @Test
  void archivesOnRecordNeitherOverlapNorLeaveGapsNorGoBeyondWhatIsSigned() {
    for (String range :
        List.of(
            "\"first\":0,\"next\":60,\"checkpointSize\":100",
            "\"first\":70,\"next\":80,\"checkpointSize\":100",
            "\"first\":60,\"next\":101,\"checkpointSize\":101",
            "\"first\":60,\"next\":60,\"checkpointSize\":100")) {
      String body =
          "{\"account\":\"main\",\"bytes\":1,\"file\":\"f\",\"sha256\":\""
              + "0".repeat(64)
              + "\","
              + range
              + "}";
      String fact =
          "{\"account\":\"archives\",\"kind\":\"facts-archived\",\"signalId\":null,\"orderId\":null,\"rawSha256\":null,"
              + "\"recordedAt\":\"2026-11-26T00:00:00Z\",\"seq\":1,\"body\":"
              + body
              + "}";
      assertThatThrownBy(() -> tryOut(ARCHIVER, List.of("select register_archive('" + fact + "')")))
          .as(range)
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("23514"));
    }
  }

  private static void assertRefused(String role, String statement) {
    assertThatThrownBy(() -> tryOut(role, List.of(statement)))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(PRIVILEGE));
  }

  /** Executes and rolls back; the number of rows of the last one. */
  private static int tryOut(String role, List<String> statements) throws SQLException {
    try (Connection connection = database.database.database.as(role).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        int rows = 0;
        for (String each : statements) {
          statement.execute(each);
          rows = statement.getUpdateCount();
        }
        return rows;
      } finally {
        connection.rollback();
      }
    }
  }
}
