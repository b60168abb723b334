package dev.signaltoorder.operations;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.trading.Accounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Turns readers of the audit away while the accounts' loops are behind, or when too many read at
 * once: a report can be asked for again, a signal grows old. Before sign-in, so that turning away
 * costs next to nothing. Whoever acts (webhooks, operations, the console's pages of operations) is
 * never turned away here.
 */
@Singleton
class LoadShedding {
  private static final Logger LOG = Logger.getLogger(LoadShedding.class);

  /** Reads at once, all readers together. */
  static final int READS_MAX = 16;

  /** A message that has waited this long says that the loop is behind; it takes milliseconds. */
  static final long WAITING_NANOS_MAX = 1_000_000_000L;

  private static final int ORDER = -90;
  private static final String RETRY_AFTER_SECONDS = "2";

  private final LongSupplier oldestWaitingNanos;
  private final Counter shed;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  /** For the running service. */
  @Inject
  LoadShedding(Accounts accounts, MeterRegistry meters) {
    this(
        () -> accounts.names().stream().mapToLong(accounts::oldestWaitingNanos).max().orElse(0),
        meters);
  }

  /**
   * @param oldestWaitingNanos how long the message has waited that waits longest for its loop
   */
  LoadShedding(LongSupplier oldestWaitingNanos, MeterRegistry meters) {
    this.oldestWaitingNanos = oldestWaitingNanos;
    this.shed =
        Counter.builder("signal_to_order_reads_shed")
            .description("Readers of the audit that were turned away for the sake of decisions")
            .register(meters);
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).handler(this::pass);
  }

  private void pass(RoutingContext context) {
    if (!isRead(context)) {
      context.next();
      return;
    }
    boolean behind = oldestWaitingNanos.getAsLong() > WAITING_NANOS_MAX;
    if (behind) {
      turnAway(context, "Signals are waiting to be decided; reports are answered after them.");
      return;
    }
    if (reads.incrementAndGet() > READS_MAX) {
      reads.decrementAndGet();
      turnAway(context, "At most " + READS_MAX + " reports are read at once.");
      return;
    }
    told.set(false);
    AtomicBoolean counted = new AtomicBoolean(true);
    context.addEndHandler(
        ended -> {
          if (counted.getAndSet(false)) {
            reads.decrementAndGet();
          }
        });
    context.next();
  }

  private static boolean isRead(RoutingContext context) {
    HttpMethod method = context.request().method();
    String path = context.normalizedPath();
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        && (path.equals("/") || path.startsWith("/audit/") || path.equals("/console/audit"));
  }

  private void turnAway(RoutingContext context, String why) {
    shed.increment();
    if (told.compareAndSet(false, true)) {
      LOG.warnf("Readers of the audit are turned away: %s", why);
    }
    Problem problem = Problem.ofStatus(503, why + " Ask again after Retry-After.");
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader("Retry-After", RETRY_AFTER_SECONDS)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(problem.toJson()));
  }
}
