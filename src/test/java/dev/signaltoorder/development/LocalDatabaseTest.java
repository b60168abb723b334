package dev.signaltoorder.development;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server of its own, one for all tests here: making one takes seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalDatabaseTest {
  private static final Path BINARIES = Path.of("target", "postgresql");

  @TempDir private static Path folder;
  private LocalDatabase database;

  @BeforeAll
  void start() throws Exception {
    database = open();
    database.start();
  }

  @AfterAll
  void stop() throws Exception {
    database.stop();
  }

  @Test
  void keepsDataPortAndPasswordsOverARestart() throws Exception {
    execute(DatabaseRoles.OWNER, "CREATE TABLE kept (word text)");
    execute(DatabaseRoles.OWNER, "INSERT INTO kept VALUES ('still here')");
    Map<String, String> before = database.settings();
    database.stop();

    database = open();
    database.start();

    assertThat(query(DatabaseRoles.OWNER, "SELECT word FROM kept")).isEqualTo("still here");
    assertThat(database.settings()).isEqualTo(before);
  }

  @Test
  void usesAServerThatAnEarlierRunLeft() throws Exception {
    String startedBefore = query(DatabaseRoles.OWNER, "SELECT pg_postmaster_start_time()");

    LocalDatabase second = open();
    second.start();

    assertThat(query(DatabaseRoles.OWNER, "SELECT pg_postmaster_start_time()"))
        .isEqualTo(startedBefore);
    assertThat(second.settings()).isEqualTo(database.settings());
  }

  @Test
  void isNotMisledByAPidFileThatNamesAnotherProcess() throws Exception {
    Path pidFile = folder.resolve("postgres").resolve("postmaster.pid");
    String ofServer = Files.readString(pidFile);
    database.stop();
    Files.writeString(
        pidFile, ofServer.replaceFirst("^[0-9]+", Long.toString(ProcessHandle.current().pid())));

    database.start();

    assertThat(query(DatabaseRoles.RUNTIME, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void theRuntimeRoleCanMakeNoTables() {
    assertThatThrownBy(() -> execute(DatabaseRoles.RUNTIME, "CREATE TABLE own (word text)"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void theReviewerRoleCanConnect() throws Exception {
    assertThat(query(DatabaseRoles.REVIEWER, "SELECT current_user"))
        .isEqualTo(DatabaseRoles.REVIEWER);
  }

  @Test
  void nobodyEntersWithoutThePassword() {
    String url = database.settings().getOrDefault("quarkus.datasource.jdbc.url", "");

    assertThatThrownBy(
            () -> PostgresServer.dataSource(url, DatabaseRoles.OWNER, "wrong").getConnection())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void passwordsAreReadableForTheOwnerOnly() throws Exception {
    Path memory = folder.resolve("postgres.properties");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(memory)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  private LocalDatabase open() throws Exception {
    return LocalDatabase.in(folder, BINARIES, Map.of("fsync", "off"));
  }

  private void execute(String role, String sql) throws SQLException {
    try (Connection connection = database.as(role).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String role, String sql) throws SQLException {
    try (Connection connection = database.as(role).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
