package dev.signaltoorder.operations;

import dev.signaltoorder.access.UsersInForce;
import dev.signaltoorder.outbound.Outbound;
import dev.signaltoorder.outbound.OutboundEvent;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The feed as server-sent events: what became of signals, while it happens or from a fact on. */
@Path("/feed")
@Singleton
@Tag(name = "Feed")
public class FeedResource {
  private static final String EVENTS = "text/event-stream";
  private static final int STREAMS_MAX = 16;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Shorter than the idle time after which the server, or a proxy, ends a connection. */
  private static final long STILL_THERE_NANOS = Duration.ofSeconds(5).toNanos();

  /** Then the client comes again, with its last event's id. */
  private static final long LONGEST_NANOS = Duration.ofMinutes(30).toNanos();

  private static final Pattern LAST_ID =
      Pattern.compile("([a-z0-9-]{1,64}?)-([0-9]{1,18})(-price)?");

  private final Outbound outbound;
  private final UsersInForce users;
  private final Semaphore streams = new Semaphore(STREAMS_MAX);
  private volatile boolean stopping;

  FeedResource(Outbound outbound, UsersInForce users) {
    this.outbound = outbound;
    this.users = users;
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  /** Streams events of one account; without {@code from} and last id: those that come. */
  @GET
  @Produces(EVENTS)
  @RolesAllowed("reviewer")
  @RunOnVirtualThread
  @Operation(summary = "Server-sent events of one account, from a fact on")
  public Response feed(
      @QueryParam("account") @Nullable String account,
      @QueryParam("from") @Nullable String from,
      @QueryParam("types") @Nullable String types,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    String name = account == null ? "" : account;
    OptionalLong size = size(name);
    if (size.isEmpty()) {
      throw refused(
          404, "not-found", "There is no such account: name it with the parameter account");
    }
    long next = begin(name, from, lastEventId, size.getAsLong());
    Set<String> wanted = wanted(types);
    if (!streams.tryAcquire()) {
      throw refused(429, "too-many-streams", "There are " + STREAMS_MAX + " streams already");
    }
    StreamingOutput output =
        out -> {
          try {
            stream(name, next, wanted, out);
          } finally {
            streams.release();
          }
        };
    return Response.ok(output, EVENTS)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  private OptionalLong size(String account) {
    try {
      return outbound.size(account);
    } catch (SQLException e) {
      throw refused(503, "unavailable", "The database is away");
    }
  }

  private static long begin(
      String account, @Nullable String from, @Nullable String lastEventId, long size) {
    if (lastEventId != null) {
      Matcher last = LAST_ID.matcher(lastEventId);
      if (!last.matches() || !last.group(1).equals(account)) {
        throw refused(400, "bad-request", "Last-Event-ID is no id of an event of this account");
      }
      // After the price comes the decision of the same fact.
      return Long.parseLong(last.group(2)) + (last.group(3) == null ? 1 : 0);
    }
    if (from == null) {
      return size;
    }
    if (!from.matches("[0-9]{1,18}")) {
      throw refused(400, "bad-request", "from is no number of a fact");
    }
    return Long.parseLong(from);
  }

  private static Set<String> wanted(@Nullable String types) {
    if (types == null || types.isBlank()) {
      return Set.of();
    }
    List<String> named = Arrays.stream(types.split(",", -1)).map(String::strip).toList();
    if (!Outbound.feedTypes().containsAll(named)) {
      throw refused(
          400, "bad-request", "types: allowed are " + String.join(", ", Outbound.feedTypes()));
    }
    return new TreeSet<>(named);
  }

  private void stream(String account, long from, Set<String> types, OutputStream out)
      throws IOException {
    long begun = System.nanoTime();
    long wrote = begun;
    long looked = begun;
    long next = from;
    String permitted = users.fingerprint();
    write(out, "retry: 2000\n\n");
    while (!stopping && System.nanoTime() - begun < LONGEST_NANOS) {
      try {
        if (System.nanoTime() - looked > STILL_THERE_NANOS) {
          if (!users.fingerprint().equals(permitted)) {
            // Whoever still may comes again, and is asked who they are.
            return;
          }
          looked = System.nanoTime();
        }
        Outbound.FeedPage page = outbound.page(account, next, types);
        for (OutboundEvent event : page.events()) {
          write(
              out,
              "id: "
                  + event.id()
                  + "\nevent: "
                  + event.type()
                  + "\ndata: "
                  + event.json()
                  + "\n\n");
          wrote = System.nanoTime();
        }
        boolean caughtUp = page.next() == next;
        next = page.next();
        if (System.nanoTime() - wrote > STILL_THERE_NANOS) {
          write(out, ": still there\n\n");
          wrote = System.nanoTime();
        }
        if (caughtUp) {
          Thread.sleep(PAUSE);
        }
      } catch (SQLException e) {
        // The client comes again and says where it was.
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static ProblemException refused(int status, String code, String detail) {
    return new ProblemException(Problem.of(code, "The feed cannot be streamed", status, detail));
  }
}
