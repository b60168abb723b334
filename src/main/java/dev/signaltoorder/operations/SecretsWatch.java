package dev.signaltoorder.operations;

import dev.signaltoorder.access.UsersInForce;
import dev.signaltoorder.signal.SourceSecrets;
import dev.signaltoorder.trading.Message;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Puts on record that the users or a source's secrets were replaced while the service runs, by
 * fingerprint, in the journal of every account. They are in force already when this finds it.
 *
 * <p>Every process sees a replacement, and whoever leads an account records it there. It is
 * forgotten for an account only once it is on record, so that one which happens while nobody leads
 * is recorded by whoever leads next.
 */
@Singleton
class SecretsWatch {
  private static final Logger LOG = Logger.getLogger(SecretsWatch.class);

  /** By how much earlier than this process another one may have seen it. */
  private static final Duration EARLIER = Duration.ofMinutes(1);

  private record Place(String account, String what) {}

  private record Found(String from, String to, Instant at) {}

  private final Supplier<Map<String, String>> fingerprints;
  private final SecretsJournals journals;
  private final Clock clock;
  private Map<String, String> known = Map.of();
  private final Map<Place, Found> untold = new HashMap<>();

  @Inject
  SecretsWatch(UsersInForce users, SourceSecrets sources, SecretsJournals journals, Clock clock) {
    this(() -> fingerprints(users, sources), journals, clock);
  }

  /**
   * @param fingerprints of what is in force now
   */
  SecretsWatch(Supplier<Map<String, String>> fingerprints, SecretsJournals journals, Clock clock) {
    this.fingerprints = fingerprints;
    this.journals = journals;
    this.clock = clock;
  }

  private static Map<String, String> fingerprints(UsersInForce users, SourceSecrets sources) {
    Map<String, String> now = new TreeMap<>();
    now.put("users", users.fingerprint());
    sources.fingerprints().forEach((name, fingerprint) -> now.put("source " + name, fingerprint));
    return now;
  }

  @Scheduled(
      identity = "secrets",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    Map<String, String> now = fingerprints.get();
    now.forEach(
        (what, to) -> {
          String from = known.get(what);
          // What is found first was there at the start.
          if (from != null && !from.equals(to)) {
            LOG.infof("secrets of %s: %s gave way to %s", what, from, to);
            journals.accounts().forEach(account -> found(new Place(account, what), from, to));
          }
        });
    known = now;
    for (Map.Entry<Place, Found> each : Map.copyOf(untold).entrySet()) {
      settle(each.getKey(), each.getValue());
    }
  }

  /** Replaced once more before it was on record: one replacement, from the first to the last. */
  private void found(Place place, String from, String to) {
    Found earlier = untold.remove(place);
    String first = earlier == null ? from : earlier.from();
    if (!first.equals(to)) {
      untold.put(place, new Found(first, to, earlier == null ? clock.instant() : earlier.at()));
    }
  }

  private void settle(Place place, Found found) {
    Message.SecretsReplaced message =
        new Message.SecretsReplaced(place.what(), found.from(), found.to());
    try {
      if (journals.isOnRecord(place.account(), message, found.at().minus(EARLIER))
          || journals.tell(place.account(), message)) {
        untold.remove(place);
      }
    } catch (SQLException e) {
      LOG.debugf("what is on record of account %s cannot be read now", place.account());
    }
  }
}
