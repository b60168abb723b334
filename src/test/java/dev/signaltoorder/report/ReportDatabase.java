package dev.signaltoorder.report;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for the report's tests, with the migrations run. */
public class ReportDatabase implements QuarkusTestResourceLifecycleManager {
  private static final String USER = "postgres";

  private @Nullable EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    EmbeddedPostgres started;
    try {
      started = EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    postgres = started;
    return Map.of(
        "quarkus.datasource.jdbc.url",
        started.getJdbcUrl(USER, USER),
        "quarkus.datasource.username",
        USER,
        "quarkus.datasource.password",
        USER,
        "quarkus.flyway.migrate-at-start",
        "true",
        "quarkus.flyway.placeholders.runtimeRole",
        USER,
        "quarkus.flyway.placeholders.reviewerRole",
        "s2o_reviewer");
  }

  @Override
  public void stop() {
    try {
      if (postgres != null) {
        postgres.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
