package dev.signaltoorder.operations;

import dev.signaltoorder.access.UsersInForce;
import dev.signaltoorder.outbound.Outbound;
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
 * Puts on record that the users, a source's or a receiver's secrets, or the certificate were
 * replaced while the service runs, by fingerprint, in the journal of every account. They are in
 * force already when this finds it.
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

  private record Found(String from, InForce to, Instant at) {}

  private final Supplier<Map<String, InForce>> inForce;
  private final SecretsJournals journals;
  private final Clock clock;
  private final Map<String, String> known = new HashMap<>();
  private final Map<Place, Found> untold = new HashMap<>();

  @Inject
  SecretsWatch(
      UsersInForce users,
      SourceSecrets sources,
      Outbound outbound,
      CertificateWatch certificates,
      SecretsJournals journals,
      Clock clock) {
    this(() -> inForce(users, sources, outbound, certificates), journals, clock);
  }

  /**
   * @param inForce what is in force now, by whose it is; what cannot be read now is left out
   */
  SecretsWatch(Supplier<Map<String, InForce>> inForce, SecretsJournals journals, Clock clock) {
    this.inForce = inForce;
    this.journals = journals;
    this.clock = clock;
  }

  private static Map<String, InForce> inForce(
      UsersInForce users, SourceSecrets sources, Outbound outbound, CertificateWatch certificates) {
    Map<String, InForce> now = new TreeMap<>(certificates.inForce());
    now.put("users", new InForce.Secrets(users.fingerprint()));
    sources
        .fingerprints()
        .forEach((name, each) -> now.put("source " + name, new InForce.Secrets(each)));
    outbound.secretFingerprints().forEach((name, each) -> now.put(name, new InForce.Secrets(each)));
    return now;
  }

  @Scheduled(
      identity = "secrets",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    inForce
        .get()
        .forEach(
            (what, to) -> {
              String from = known.put(what, to.fingerprint());
              // What is found first was there at the start.
              if (from != null && !from.equals(to.fingerprint())) {
                LOG.infof("secrets of %s: %s gave way to %s", what, from, to.fingerprint());
                journals.accounts().forEach(account -> found(new Place(account, what), from, to));
              }
            });
    for (Map.Entry<Place, Found> each : Map.copyOf(untold).entrySet()) {
      settle(each.getKey(), each.getValue());
    }
  }

  /** Replaced once more before it was on record: one replacement, from the first to the last. */
  private void found(Place place, String from, InForce to) {
    Found earlier = untold.remove(place);
    String first = earlier == null ? from : earlier.from();
    if (!first.equals(to.fingerprint())) {
      untold.put(place, new Found(first, to, earlier == null ? clock.instant() : earlier.at()));
    }
  }

  private void settle(Place place, Found found) {
    Message.Replacement message = found.to().replacing(place.what(), found.from());
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
