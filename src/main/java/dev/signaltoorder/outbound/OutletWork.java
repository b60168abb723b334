package dev.signaltoorder.outbound;

import io.github.bucket4j.Bucket;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tells one receiver what happened, in order, account by account. Its own thread waits for the
 * receiver; nobody else does. An event counts as told once the receiver said so, so after a crash
 * one may be told twice, under the same id.
 */
final class OutletWork {
  private static final Logger LOG = Logger.getLogger(OutletWork.class);
  private static final int FACTS_PER_PASS = 500;

  /** For people: so many of one type one by one in a pass, the rest in one line. */
  private static final int SINGLY = 5;

  private static final int LINES_PER_MINUTE = 20;

  private final Outlet outlet;
  private final Cursors cursors;
  private final CommittedFacts facts;
  private final Supplier<Map<String, String>> contradictions;
  private final Clock clock;
  private final Bucket lines =
      Bucket.builder()
          .addLimit(
              limit ->
                  limit
                      .capacity(LINES_PER_MINUTE)
                      .refillGreedy(LINES_PER_MINUTE, Duration.ofMinutes(1)))
          .build();

  OutletWork(
      Outlet outlet,
      Cursors cursors,
      CommittedFacts facts,
      Supplier<Map<String, String>> contradictions,
      Clock clock) {
    this.outlet = outlet;
    this.cursors = cursors;
    this.facts = facts;
    this.contradictions = contradictions;
    this.clock = clock;
  }

  Outlet outlet() {
    return outlet;
  }

  /** Looks at every account once. */
  void pass() throws SQLException, InterruptedException {
    cursors.register(outlet.name());
    boolean contradicted =
        outlet.events().contains(NoticeTranslator.CONTRADICTION) && !contradictions.get().isEmpty();
    for (String account : cursors.due(outlet.name(), contradicted)) {
      Cursors.Claimed claimed = cursors.claim(outlet.name(), account).orElse(null);
      if (claimed != null) {
        tell(account, claimed);
      }
    }
  }

  private void tell(String account, Cursors.Claimed claimed)
      throws SQLException, InterruptedException {
    try {
      contradiction(account, claimed);
      facts(account, claimed.next());
      cursors.release(outlet.name(), account);
    } catch (Sending.NotTakenException e) {
      notTold(account, claimed, String.valueOf(e.getMessage()), e.retryAfterSeconds());
    } catch (RuntimeException e) {
      // Not its receiver's fault, but it must not wait unseen either.
      LOG.errorf(e, "%s cannot be told of account %s", outlet.name(), account);
      notTold(account, claimed, "it cannot be told: " + e.getClass().getSimpleName(), 0);
    }
  }

  private void notTold(String account, Cursors.Claimed claimed, String why, long retryAfterSeconds)
      throws SQLException {
    Duration pause =
        outlet.pauses().after(claimed.failures() + 1, ThreadLocalRandom.current().nextDouble());
    Duration asked = Duration.ofSeconds(retryAfterSeconds);
    cursors.failed(outlet.name(), account, why, asked.compareTo(pause) > 0 ? asked : pause);
    if (claimed.failures() == 0) {
      LOG.warnf("%s does not take what it is told of account %s: %s", outlet.name(), account, why);
    }
  }

  private void facts(String account, long from)
      throws SQLException, InterruptedException, Sending.NotTakenException {
    List<CommittedFact> batch =
        facts.from(account, from, outlet.translator().kinds(), FACTS_PER_PASS);
    Map<String, Integer> told = new HashMap<>();
    Map<String, OutboundEvent> newest = new HashMap<>();
    long next = from;
    for (CommittedFact fact : batch) {
      int delivered = 0;
      for (OutboundEvent event : outlet.translator().of(fact)) {
        if (!outlet.wants(event)) {
          continue;
        }
        if (outlet.forPeople() && told.merge(event.type(), 1, Integer::sum) > SINGLY) {
          newest.put(event.type(), event);
          continue;
        }
        if (outlet.forPeople() && !lines.tryConsume(1)) {
          // Enough for this minute: the rest waits, and is summed up then.
          return;
        }
        outlet.sending().send(event);
        delivered++;
      }
      next = fact.seq() + 1;
      if (delivered > 0 && newest.isEmpty()) {
        if (!cursors.advance(outlet.name(), account, next, delivered)) {
          return;
        }
      }
    }
    for (OutboundEvent last : newest.values()) {
      int more = told.getOrDefault(last.type(), 0) - SINGLY;
      outlet.sending().send(more(last, more));
    }
    if (next > from) {
      cursors.advance(outlet.name(), account, next, newest.size());
    }
  }

  private static OutboundEvent more(OutboundEvent last, int more) {
    String text = last.text() + " (and " + (more - 1) + " more of this kind before it)";
    return new OutboundEvent(
        last.id(), last.type(), last.at(), last.data().deepCopy().put("more", more - 1), text);
  }

  /** The one thing that is no fact: a database that lies cannot be asked to keep it. */
  private void contradiction(String account, Cursors.Claimed claimed)
      throws SQLException, InterruptedException, Sending.NotTakenException {
    String found = contradictions.get().get(account);
    if (found == null
        || found.equals(claimed.toldContradiction())
        || !outlet.events().contains(NoticeTranslator.CONTRADICTION)) {
      return;
    }
    outlet.sending().send(NoticeTranslator.contradiction(account, found, clock.instant()));
    cursors.told(outlet.name(), account, found);
  }
}
