package dev.signaltoorder.console;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Server-sent events for the list of signals: {@code changed} when it is worth fetching again. A
 * connection ends after some minutes, so that the browser comes again and signs in again.
 */
@Path("/console/signals/changes")
@RolesAllowed("reviewer")
class SignalChangesResource {
  /** Listeners of this process; who comes later asks from time to time instead. */
  static final int MOST = 50;

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final SignalChanges changes;
  private final AtomicInteger listeners = new AtomicInteger();

  SignalChangesResource(SignalChanges changes) {
    this.changes = changes;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> changes(@Context Sse sse) {
    if (listeners.get() >= MOST) {
      throw new ProblemException(
          Problem.of(
              "busy",
              "Too many listen",
              503,
              "At most " + MOST + " pages are told of changes at a time. Ask again and again."));
    }
    return changes
        .beats()
        .map(beat -> event(sse, beat))
        .select()
        .first(LONGEST)
        .onSubscription()
        .invoke(listeners::incrementAndGet)
        .onTermination()
        .invoke(listeners::decrementAndGet);
  }

  private static OutboundSseEvent event(Sse sse, SignalChanges.Beat beat) {
    return beat == SignalChanges.Beat.CHANGED
        ? sse.newEvent("changed", "signals")
        : sse.newEvent("still", "nothing new");
  }
}
