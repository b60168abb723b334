package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A feed that drops, repeats, delays, reorders and corrupts messages, and falls silent. Whatever it
 * does: a price that is handed out was the venue's at the moment it is said to be of, and after the
 * faults there are prices again. One seed: {@code -Dfeeds.seed=N}.
 */
class PublicFeedFaultsTest {

  private static final String PAIR = "BTC/USD";
  private static final int SEEDS = Integer.getInteger("feeds.seeds", 400);

  @Test
  void noPriceIsEverOlderThanItSays() {
    Integer only = Integer.getInteger("feeds.seed");
    int first = only == null ? 0 : only;
    int last = only == null ? SEEDS : only + 1;
    System.out.println("websocket prices: seeds " + first + " to " + (last - 1));
    Totals totals = new Totals();
    for (int seed = first; seed < last; seed++) {
      new Life(seed, totals).play();
    }

    System.out.println("websocket prices: " + totals);
    if (only == null) {
      assertThat(totals.faults).as("faults").allMatch(count -> count > SEEDS);
      assertThat(totals.quotes).as("prices checked").isGreaterThan(50L * SEEDS);
      assertThat(totals.losses).as("losses noticed").isGreaterThan(SEEDS);
    }
  }

  private static final class Totals {
    private final List<Long> faults = new ArrayList<>(List.of(0L, 0L, 0L, 0L, 0L));
    private long quotes;
    private long losses;

    private void count(int fault) {
      faults.set(fault, faults.get(fault) + 1);
    }

    @Override
    public String toString() {
      return quotes
          + " prices checked, "
          + losses
          + " losses noticed, dropped/repeated/delayed/reordered/corrupted "
          + faults;
    }
  }

  private static final class Life {
    private final int seed;
    private final Random random;
    private final Totals totals;
    private final PublicFeed feed = new PublicFeed(10, "/v2", UUID::randomUUID);
    private final List<byte[]> wire = new ArrayList<>();
    private final List<byte[]> late = new ArrayList<>();
    private Instant at = Instant.parse("2026-11-25T12:00:00Z");
    private long nanos;
    private final ToyVenue venue;
    private boolean faulty;

    Life(int seed, Totals totals) {
      this.seed = seed;
      this.random = new Random(seed);
      this.totals = totals;
      this.venue = new ToyVenue(random, at);
    }

    void play() {
      feed.want(Set.of(PAIR));
      open();
      faulty = true;
      for (int i = 0; i < 120; i++) {
        beat();
        check();
      }
      faulty = false;
      for (int i = 0; i < 400 && feed.quote(PAIR, now()).isEmpty(); i++) {
        beat();
        check();
      }
      assertThat(feed.quote(PAIR, now())).as("a price after the faults, seed %d", seed).isPresent();
      totals.losses += feed.status(now()).gaps();
    }

    private FeedTime now() {
      return new FeedTime(at, nanos);
    }

    private void open() {
      wire.clear();
      late.clear();
      carryOut(feed.opened(now()));
    }

    private void beat() {
      Duration time = Duration.ofMillis(random.nextInt(900) + 1L);
      at = at.plus(time);
      nanos += time.toNanos();
      int silent = faulty ? random.nextInt(10) : 1;
      if (silent > 0) {
        say("{\"channel\":\"heartbeat\"}");
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
          at = at.plusNanos(1_000_000);
          nanos += 1_000_000;
          say(venue.change(at));
          say(venue.ticker(at));
        }
      }
      deliver();
      carryOut(feed.tick(now()));
      deliver();
    }

    private void say(String message) {
      wire.add(message.getBytes(StandardCharsets.UTF_8));
    }

    private void deliver() {
      if (faulty && wire.size() > 1 && random.nextInt(8) == 0) {
        int place = random.nextInt(wire.size() - 1);
        wire.add(place, wire.remove(place + 1));
        totals.count(3);
      }
      List<byte[]> coming = new ArrayList<>(wire);
      wire.clear();
      if (!late.isEmpty() && random.nextInt(3) == 0) {
        coming.add(random.nextInt(coming.size() + 1), late.removeFirst());
      }
      for (byte[] message : coming) {
        int fault = faulty ? random.nextInt(40) : 40;
        switch (fault) {
          case 0 -> totals.count(0);
          case 1 -> {
            totals.count(1);
            hear(message);
            hear(message);
          }
          case 2 -> {
            totals.count(2);
            late.add(message);
          }
          case 3 -> {
            totals.count(4);
            hear(corrupted(message));
          }
          case 4 -> {
            totals.count(1);
            hear(message);
            late.add(message);
          }
          default -> hear(message);
        }
      }
    }

    private byte[] corrupted(byte[] message) {
      byte[] broken = message.clone();
      int place = random.nextInt(broken.length);
      if (Character.isDigit(broken[place])) {
        broken[place] = (byte) ('0' + random.nextInt(10));
      } else {
        broken[place] = (byte) (32 + random.nextInt(90));
      }
      return broken;
    }

    private void hear(byte[] message) {
      carryOut(feed.received(message, now()));
    }

    private void carryOut(List<FeedAction> actions) {
      for (FeedAction action : actions) {
        switch (action) {
          case FeedAction.Send send -> answer(send.text());
          case FeedAction.Reconnect again -> {
            feed.closed(again.reason(), now());
            open();
            return;
          }
          default -> throw new AssertionError(action);
        }
      }
    }

    private void answer(String request) {
      if (request.contains("unsubscribe")) {
        // What is on its way still comes.
        return;
      }
      if (request.contains("\"instrument\"")) {
        say(ToyVenue.status("online"));
        say(ToyVenue.instruments());
      } else if (request.contains("\"ticker\"")) {
        say(venue.ticker(at));
      } else if (request.contains("\"book\"")) {
        say(venue.snapshot(at));
      }
    }

    private void check() {
      Optional<FeedQuote> quote = feed.quote(PAIR, now());
      if (quote.isPresent()) {
        FeedQuote price = quote.get();
        totals.quotes++;
        assertThat(price.bookAt()).as("seed %d", seed).isBeforeOrEqualTo(at);
        // A broken date may be as late as the message's arrival: the flight takes milliseconds.
        Instant dated = price.bookAt().minusMillis(5);
        assertThat(venue.wasSoSince(dated, price.bid(), price.ask()))
            .as(
                "seed %d: %s / %s at %s is what the venue showed then, or later",
                seed, price.bid(), price.ask(), price.bookAt())
            .isTrue();
      }
    }
  }
}
