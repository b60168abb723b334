package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.development.LocalDatabase;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The scripts in deploy/sql make the roles that they say. */
class DeployedRolesTest {
  private static final String PASSWORD = "a-password-of-this-test";
  private static final String MIGRATOR = "s2o_migrator";
  private static final String OWNER = EvidenceDatabase.OWNER;
  private static final String RIGHTS =
      """
      select table_name || ' ' || privilege_type from information_schema.role_table_grants where grantee = 's2o_archiver'
      union select table_name || '.' || column_name || ' ' || privilege_type from information_schema.role_column_grants
        where grantee = 's2o_archiver' and privilege_type <> 'SELECT'
      union select routine_name || ' ' || privilege_type from information_schema.role_routine_grants where grantee = 's2o_archiver'
      order by 1
      """;

  private static final String CONNECT =
      """
      select case grantee when 0 then 'public' else pg_get_userbyid(grantee) end
      from pg_database, aclexplode(datacl)
      where datname = current_database() and privilege_type = 'CONNECT'
      """;

  @TempDir private Path folder;
  private LocalDatabase database;

  @BeforeEach
  void aServerWithRolesAndNoTables() throws IOException {
    database =
        LocalDatabase.in(
            folder.resolve("db"), Path.of("target", "postgresql"), Map.of("fsync", "off"));
    database.start();
  }

  @AfterEach
  void stop() throws IOException {
    database.stop();
  }

  @Test
  void theMigratorMigratesAsTheOwnerWhoCannotSignInAnyMore() throws Exception {
    run("migration-role.sql", "migrator_password");

    migrate(as(MIGRATOR, PASSWORD));

    assertThat(
            strings(
                superuser(),
                "select distinct tableowner from pg_tables where schemaname = 'public'"))
        .containsExactly(OWNER);
    assertThat(
            strings(
                superuser(),
                "select distinct pg_get_userbyid(proowner) from pg_proc where pronamespace = 'public'::regnamespace"))
        .containsExactly(OWNER);
    assertThatThrownBy(() -> database.as(OWNER).getConnection().close())
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> execute(as(MIGRATOR, PASSWORD), "update journal set kind = 'forged'"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(
            () -> execute(as(MIGRATOR, PASSWORD), "set role none; select * from journal"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aDatabaseMadeForARestoreGetsItsRightsBack() throws Exception {
    run("migration-role.sql", "migrator_password");
    execute(superuser(), "create database restored owner s2o_owner");
    PGSimpleDataSource migrator = in("restored", as(MIGRATOR, PASSWORD));
    assertThatThrownBy(() -> migrate(migrator)).hasMessageContaining("permission denied");

    execute(in("restored", superuser()), script("database-rights.sql"));

    migrate(migrator);
    assertThat(
            strings(
                in("restored", superuser()),
                "select distinct tableowner from pg_tables where schemaname = 'public'"))
        .containsExactly(OWNER);
    assertThat(strings(in("restored", superuser()), CONNECT))
        .containsExactlyInAnyOrder(OWNER, "s2o_archiver", MIGRATOR, "s2o_reviewer", "s2o_runtime");
  }

  @Test
  void theArchiverGetsTheSameRightsBeforeAndAfterTheTables() throws Exception {
    migrate(database.as(OWNER));
    List<String> byMigration = strings(superuser(), RIGHTS);
    execute(superuser(), "drop owned by s2o_archiver");
    execute(superuser(), "drop role s2o_archiver");

    run("archiver-role.sql", "archiver_password");

    assertThat(byMigration)
        .containsExactlyInAnyOrder(
            "archive SELECT",
            "checkpoint SELECT",
            "is_archived EXECUTE",
            "journal SELECT",
            "journal.raw UPDATE",
            "lease SELECT",
            "merkle_node SELECT",
            "register_archive EXECUTE");
    assertThat(strings(superuser(), RIGHTS)).isEqualTo(byMigration);
    assertThat(strings(as("s2o_archiver", PASSWORD), "select count(*)::text from archive"))
        .containsExactly("0");
  }

  private static void migrate(javax.sql.DataSource owner) {
    Flyway.configure()
        .dataSource(owner)
        .placeholders(Map.of("runtimeRole", "s2o_runtime", "reviewerRole", "s2o_reviewer"))
        .load()
        .migrate();
  }

  /** As psql would: with one variable. */
  private void run(String script, String variable) throws Exception {
    execute(superuser(), script(script).replace(":'" + variable + "'", "'" + PASSWORD + "'"));
  }

  private static String script(String name) throws IOException {
    return Files.readString(Path.of("deploy", "sql", name));
  }

  private static PGSimpleDataSource in(String database, PGSimpleDataSource source) {
    source.setDatabaseName(database);
    return source;
  }

  private PGSimpleDataSource superuser() throws IOException {
    Properties memory = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("db/postgres.properties"))) {
      memory.load(reader);
    }
    return as("postgres", memory.getProperty("postgres"));
  }

  private PGSimpleDataSource as(String role, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(((PGSimpleDataSource) database.as(OWNER)).getURL());
    source.setUser(role);
    source.setPassword(password);
    return source;
  }

  private static void execute(PGSimpleDataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> strings(PGSimpleDataSource source, String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        strings.add(row.getString(1));
      }
    }
    return strings;
  }
}
