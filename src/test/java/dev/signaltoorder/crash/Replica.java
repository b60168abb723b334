package dev.signaltoorder.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One of several programs over the same database and exchange, with its own ways to both. */
final class Replica implements AutoCloseable {
  private final String name;
  private final Place place;
  private final DatabaseGate database;
  private final KrakenGate kraken;
  private Program program;

  private Replica(String name, Place place) {
    this.name = name;
    this.place = place;
    this.database = place.ownDatabaseGate();
    this.kraken = place.ownKrakenGate();
    this.program = launch();
  }

  /** Starts it; it is not waited for. */
  static Replica start(String name, Place place) {
    return new Replica(name, place);
  }

  private Program launch() {
    return place.startProgram(
        "replica-" + name,
        Map.of(
            "quarkus.datasource.jdbc.url",
            Place.databaseUrl(database),
            "signal-to-order.kraken.rest-url",
            kraken.address().toString(),
            "signal-to-order.market.pairs",
            "BTC/USD"),
        Map.of());
  }

  Program program() {
    return program;
  }

  DatabaseGate database() {
    return database;
  }

  KrakenGate kraken() {
    return kraken;
  }

  /** The accounts it leads, as it says itself. */
  Set<String> led() {
    Set<String> led = new TreeSet<>();
    for (JsonNode account : program.status().path("accounts")) {
      led.add(account.path("account").asText());
    }
    return led;
  }

  void kill() {
    program.kill();
  }

  /** The next program under this name; it is not waited for. */
  void relaunch() {
    program = launch();
  }

  @Override
  public void close() {
    program.kill();
    database.close();
    kraken.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
