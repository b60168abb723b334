package dev.signaltoorder.journal;

import java.util.UUID;
import javax.sql.DataSource;

/** The tables through which the processes over one database work together. */
public record SharedTables(
    WaitingDeliveries deliveries,
    WaitingCommands commands,
    Replicas replicas,
    StateSnapshots snapshots) {
  private static final int MOST_DELIVERIES = 10_000;

  /**
   * Over one database, for one process.
   *
   * @param replica this process
   * @param name its name, for people
   */
  public static SharedTables of(DataSource dataSource, UUID replica, String name) {
    return new SharedTables(
        new WaitingDeliveries(dataSource, MOST_DELIVERIES),
        new WaitingCommands(dataSource),
        new Replicas(dataSource, replica, name),
        new StateSnapshots(dataSource));
  }
}
