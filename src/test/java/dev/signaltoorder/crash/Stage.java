package dev.signaltoorder.crash;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Where trials take place: the program of the moment, its killing, and what all trials need. */
final class Stage {
  static final Duration CAUGHT_WITHIN = Duration.ofSeconds(20);
  static final int BURST = 4;

  // Orders that queue up behind a held one were never sent, which takes many look-ups to prove.
  static final int SMALL_BURST = 2;

  private final Place place;
  private final Senders senders;
  private final Notes notes;
  private final Random random;
  private Program program;
  private int kills;
  private int falls;
  private int rises;
  private boolean risen;

  Stage(Place place, Senders senders, Notes notes, Random random) {
    this.place = place;
    this.senders = senders;
    this.notes = notes;
    this.random = random;
    this.program = launch(Map.of());
  }

  Place place() {
    return place;
  }

  Senders senders() {
    return senders;
  }

  Notes notes() {
    return notes;
  }

  Random random() {
    return random;
  }

  DatabaseGate database() {
    return place.databaseGate();
  }

  KrakenGate kraken() {
    return place.krakenGate();
  }

  int kills() {
    return kills;
  }

  Program program() {
    return program;
  }

  /** The first start: an operator arms the accounts. Later ones need none. */
  void arm() {
    for (String account : place.accounts()) {
      await("armed: " + account)
          .atMost(Program.PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> program.tradingState(account).equals("ACTIVE") || program.arms(account));
    }
    program.awaitTradingState("ACTIVE");
    // Once in order: so starts are recorded, and all later ones are faster.
    program.askToEnd();
    program.awaitEnd(Program.PATIENCE);
    restart();
  }

  void kill() {
    killOnly();
    switch (random.nextInt(6)) {
      case 0 -> fallThroughStops();
      case 1 -> riseToTargets();
      default -> {
        // The price stands still.
      }
    }
  }

  /** The price stands still meanwhile. */
  void killOnly() {
    program.kill();
    kills++;
  }

  /** For a moment: some stops, or all, sell. Nobody is there to see it. */
  private void fallThroughStops() {
    String bid = random.nextBoolean() ? "65900.0" : "66500.0";
    place.exchange().setPrice("BTC/USD", bid, bid.replace(".0", ".1"));
    priceIsBack();
    falls++;
  }

  /** Until the next program trades and has had time to sell there. */
  void riseToTargets() {
    place.exchange().setPrice("BTC/USD", Senders.TARGET + ".0", Senders.TARGET + ".1");
    risen = true;
    rises++;
  }

  private void priceIsBack() {
    place.exchange().setPrice("BTC/USD", Senders.BID, Senders.ASK);
    risen = false;
  }

  int falls() {
    return falls;
  }

  int rises() {
    return rises;
  }

  /** The next program; it is not waited for. */
  void launchNext() {
    program = launch(Map.of());
  }

  /** The next program, with environment variables of its own; it is not waited for. */
  void launchNext(Map<String, String> environment) {
    program = launch(environment);
  }

  /** The next program, trading. */
  void restart() {
    launchNext();
    program.awaitTradingState("ACTIVE");
    settlePrice();
  }

  /** The price is where the senders think it is. */
  void settlePrice() {
    if (risen) {
      sleep(2_500);
      priceIsBack();
    }
  }

  /** A program beside the one of the moment; senders do not know it yet. */
  Program launchBeside() {
    return place.startProgram("program", settings(), Map.of());
  }

  /** This is the program of the moment now. */
  void goOnWith(Program next) {
    program = next;
    senders.find(next);
  }

  private Program launch(Map<String, String> environment) {
    Program started = place.startProgram("program", settings(), environment);
    senders.find(started);
    return started;
  }

  /** With the price at hand everything is one commit; without it the signal has to wait. */
  private Map<String, String> settings() {
    return random.nextBoolean() ? Map.of("signal-to-order.market.pairs", "BTC/USD") : Map.of();
  }

  /** Older than what the program decides with, so that the next signal waits for a new one. */
  void letPricesGrowOld() {
    kraken().stallPrices();
    sleep(2_500);
  }

  long acknowledgedUndecided(List<Senders.Delivery> burst) throws SQLException {
    long count = 0;
    for (Senders.Delivery delivery : burst) {
      for (Evidence.Told told : delivery.told()) {
        boolean decided =
            place
                    .sql()
                    .number(
                        "select count(*) from journal where kind = 'signal-decided'"
                            + " and signal_id = ?",
                        UUID.fromString(told.signalId()))
                > 0;
        count += decided ? 0 : 1;
      }
    }
    return count;
  }

  /** The signal's id under which a delivery was stored. */
  Optional<String> stored(String deliveryId) throws SQLException {
    var rows = place.sql().rows("select signal_id from inbox where delivery_id = ?", deliveryId);
    return rows.stream().map(row -> String.valueOf(row.get("signal_id"))).findFirst();
  }

  /** Whether all were answered with success within that time. */
  boolean acknowledged(List<Senders.Delivery> burst, Duration atMost) {
    return within(atMost, () -> burst.stream().allMatch(Senders.Delivery::acknowledged));
  }

  static Set<String> intended(Optional<DatabaseGate.Commit> commit) {
    return commit.map(DatabaseGate.Commit::intended).orElse(Set.of());
  }

  static Set<String> deliveries(Optional<DatabaseGate.Commit> commit) {
    return commit.map(DatabaseGate.Commit::deliveries).orElse(Set.of());
  }

  /** Something that may throw when asked. */
  interface Question {
    boolean ask() throws SQLException;
  }

  static boolean within(Duration atMost, Question question) {
    long until = System.nanoTime() + atMost.toNanos();
    try {
      while (!question.ask()) {
        if (System.nanoTime() > until) {
          return false;
        }
        sleep(20);
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Up to so many milliseconds. */
  void sleepUpTo(int millis) {
    sleep(random.nextInt(millis));
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
