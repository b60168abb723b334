package dev.signaltoorder.outbound;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
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

  static final int LINES_PER_MINUTE = 20;

  private final Outlet outlet;
  private final Cursors cursors;
  private final CommittedFacts facts;
  private final Supplier<Map<String, String>> contradictions;
  private final Clock clock;
  private final Bucket lines;

  /**
   * Of accounts whose cursor has to stay behind what was told. Their claim is kept: another process
   * would tell it again.
   */
  private final Map<String, Telling> unfinished = new HashMap<>();

  OutletWork(
      Outlet outlet,
      Cursors cursors,
      CommittedFacts facts,
      Supplier<Map<String, String>> contradictions,
      Clock clock) {
    this(outlet, cursors, facts, contradictions, clock, TimeMeter.SYSTEM_MILLISECONDS);
  }

  /**
   * @param time what the lines of a minute are counted by
   */
  OutletWork(
      Outlet outlet,
      Cursors cursors,
      CommittedFacts facts,
      Supplier<Map<String, String>> contradictions,
      Clock clock,
      TimeMeter time) {
    this.outlet = outlet;
    this.cursors = cursors;
    this.facts = facts;
    this.contradictions = contradictions;
    this.clock = clock;
    this.lines =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(LINES_PER_MINUTE)
                        .refillGreedy(LINES_PER_MINUTE, Duration.ofMinutes(1)))
            .withCustomTimePrecision(time)
            .build();
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
      if (!unfinished.containsKey(account)) {
        cursors.release(outlet.name(), account);
      }
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
    cursors.failed(
        outlet.name(),
        account,
        why,
        asked.compareTo(pause) > 0 ? asked : pause,
        unfinished.containsKey(account));
    if (claimed.failures() == 0) {
      LOG.warnf("%s does not take what it is told of account %s: %s", outlet.name(), account, why);
    }
  }

  private void facts(String account, long from)
      throws SQLException, InterruptedException, Sending.NotTakenException {
    Telling telling = unfinished.remove(account);
    // Another cursor: somebody moved it, or another process has told meanwhile.
    if (telling == null || telling.cursor() != from) {
      telling =
          Telling.of(
              outlet, from, facts.from(account, from, outlet.translator().kinds(), FACTS_PER_PASS));
    }
    try {
      tell(account, telling);
    } finally {
      if (telling.isAhead() && telling.next() != null) {
        unfinished.put(account, telling);
      }
    }
  }

  private void tell(String account, Telling telling)
      throws SQLException, InterruptedException, Sending.NotTakenException {
    for (Telling.Line line = telling.next(); line != null; line = telling.next()) {
      if (outlet.forPeople() && !lines.tryConsume(1)) {
        // Enough for this minute: the rest waits.
        return;
      }
      outlet.sending().send(line.event());
      telling.told();
      // Also where the cursor stays: it keeps the claim alive.
      if (!cursors.advance(outlet.name(), account, telling.cursor(), 1)) {
        return;
      }
    }
    if (telling.end() > telling.cursor()) {
      cursors.advance(outlet.name(), account, telling.end(), 0);
    }
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
