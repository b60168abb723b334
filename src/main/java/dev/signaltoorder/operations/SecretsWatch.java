package dev.signaltoorder.operations;

import dev.signaltoorder.access.UsersInForce;
import dev.signaltoorder.signal.SourceSecrets;
import dev.signaltoorder.trading.Message;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record that the users or a source's secrets were replaced while the service runs, by
 * fingerprint. They are in force already when this finds it.
 */
@Singleton
class SecretsWatch {
  private static final Logger LOG = Logger.getLogger(SecretsWatch.class);

  private final UsersInForce users;
  private final SourceSecrets sources;
  private final Journals journals;
  private Map<String, String> known = Map.of();

  SecretsWatch(UsersInForce users, SourceSecrets sources, Journals journals) {
    this.users = users;
    this.sources = sources;
    this.journals = journals;
  }

  @Scheduled(
      identity = "secrets",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    Map<String, String> now = new TreeMap<>();
    now.put("users", users.fingerprint());
    sources.fingerprints().forEach((name, fingerprint) -> now.put("source " + name, fingerprint));
    now.forEach((what, to) -> compare(what, known.get(what), to));
    known = now;
  }

  private void compare(String what, @Nullable String from, String to) {
    // What is found first was there at the start.
    if (from != null && !from.equals(to)) {
      LOG.infof("secrets of %s: %s gave way to %s", what, from, to);
      journals.tell(new Message.SecretsReplaced(what, from, to));
    }
  }
}
