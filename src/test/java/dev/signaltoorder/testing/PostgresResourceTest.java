package dev.signaltoorder.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresResourceTest {

  @AfterEach
  void leaveItRunning() {
    PostgresResource.startServer();
  }

  @Test
  void everyCallerGetsTheSameServer() {
    Map<String, String> first = PostgresResource.settings();

    Map<String, String> second = PostgresResource.settings();

    assertThat(second).isEqualTo(first).containsKey("quarkus.datasource.jdbc.url");
  }

  @Test
  void canBeTakenAwayAndBroughtBack() throws Exception {
    Map<String, String> before = PostgresResource.settings();
    Connection open = PostgresResource.as("s2o_runtime").getConnection();

    PostgresResource.stopServer();

    assertThat(open.isValid(1)).isFalse();
    assertThatThrownBy(() -> PostgresResource.as("s2o_runtime").getConnection())
        .isInstanceOf(SQLException.class);
    PostgresResource.startServer();
    try (Connection back = PostgresResource.as("s2o_runtime").getConnection()) {
      assertThat(back.isValid(5)).isTrue();
    }
    assertThat(PostgresResource.settings()).isEqualTo(before);
  }
}
