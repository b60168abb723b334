package dev.signaltoorder.operations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.jboss.logging.Logger;

/**
 * Whether the database has been given exactly the scripts of this program. One question over the
 * service's own connection, in place of the two connections and twenty questions that Flyway needs
 * to come to the same: nearly every start finds nothing to do.
 */
@Singleton
class MigrationHistory {
  private static final Logger LOG = Logger.getLogger(MigrationHistory.class);
  private static final String RECORDED =
      "select script, checksum, success from flyway_schema_history where type = 'SQL'";

  private final Flyway flyway;
  private final DataSource dataSource;

  MigrationHistory(Flyway flyway, DataSource dataSource) {
    this.flyway = flyway;
    this.dataSource = dataSource;
  }

  /**
   * True only when every script is recorded as done with the checksum that it has here, and no
   * other. Whatever is not clear is Flyway's to judge.
   */
  boolean isComplete() {
    ResourceProvider scripts = flyway.getConfiguration().getResourceProvider();
    if (scripts == null) {
      return false;
    }
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RECORDED)) {
      Map<String, Integer> recorded = new HashMap<>();
      while (row.next()) {
        if (!row.getBoolean("success")) {
          return false;
        }
        recorded.put(row.getString("script"), row.getInt("checksum"));
      }
      return recorded.equals(ours(scripts));
    } catch (SQLException e) {
      LOG.debugf("the migrations' history cannot be read: %s", e.getMessage());
      return false;
    }
  }

  private Map<String, Integer> ours(ResourceProvider scripts) {
    Map<String, Integer> checksums = new HashMap<>();
    for (LoadableResource script :
        scripts.getResources(
            flyway.getConfiguration().getSqlMigrationPrefix(),
            flyway.getConfiguration().getSqlMigrationSuffixes())) {
      checksums.put(script.getRelativePath(), ChecksumCalculator.calculate(script));
    }
    return checksums;
  }
}
