package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.testing.PostgresResource;
import dev.signaltoorder.testing.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start leaves Flyway out only where it would find nothing to do and nothing to say. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class MigrationHistoryTest {
  private static final String FIRST = " where script = 'db/migration/V1__journal.sql'";

  @Inject MigrationHistory history;

  @AfterEach
  void putBack() throws SQLException {
    owner("delete from flyway_schema_history where script = 'db/migration/V999__later.sql'");
  }

  @Test
  void isCompleteWhenEveryScriptIsRecordedAsItIs() {
    assertThat(history.isComplete()).isTrue();
  }

  @Test
  void isNotCompleteWithAnotherChecksumAFailureOrAScriptMissing() throws SQLException {
    owner("update flyway_schema_history set checksum = checksum + 1" + FIRST);
    assertThat(history.isComplete()).isFalse();
    owner("update flyway_schema_history set checksum = checksum - 1" + FIRST);

    owner("update flyway_schema_history set success = false" + FIRST);
    assertThat(history.isComplete()).isFalse();
    owner("update flyway_schema_history set success = true" + FIRST);

    owner("update flyway_schema_history set script = 'db/migration/V1__other.sql'" + FIRST);
    assertThat(history.isComplete()).isFalse();
    owner(
        "update flyway_schema_history set script = 'db/migration/V1__journal.sql' where script ="
            + " 'db/migration/V1__other.sql'");
    assertThat(history.isComplete()).isTrue();
  }

  @Test
  void isNotCompleteWithAScriptOfALaterVersion() throws SQLException {
    owner(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) values (999, '999', 'later',"
            + " 'SQL', 'db/migration/V999__later.sql', 1, 'them', 1, true)");

    assertThat(history.isComplete()).isFalse();
  }

  private static void owner(String sql) throws SQLException {
    try (Connection connection = PostgresResource.as("s2o_owner").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
