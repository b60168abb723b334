package dev.signaltoorder.report;

import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.Roles;
import dev.signaltoorder.access.UsersFile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return settings(started.getJdbcUrl(USER, USER));
  }

  /** For a database at this address, whose user is its owner. */
  static Map<String, String> settings(String url) {
    return Map.of(
        "signal-to-order.users-file",
        users().toString(),
        "quarkus.datasource.jdbc.url",
        url,
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

  /** Two people; everybody's password is "secret". */
  private static Path users() {
    PasswordHash hash =
        PasswordHash.of("secret".toCharArray(), PasswordHash.ITERATIONS_MIN, new SecureRandom());
    try {
      Path file = Files.createTempFile("report-users", "");
      file.toFile().deleteOnExit();
      return Files.write(
          file,
          List.of(
              UsersFile.line("rita", hash, Set.of(Roles.REVIEWER)),
              UsersFile.line("olaf", hash, Set.of(Roles.OPERATOR))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
