package dev.signaltoorder.operations;

import dev.signaltoorder.outbound.Outbound;
import dev.signaltoorder.outbound.OutletStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * How each receiver gets on, for a monitoring system: the worst of its accounts, as the database
 * has it, so every process says the same. Looked up every few seconds, not when it is asked for;
 * NaN while the database is away.
 */
@Singleton
class OutboundMetrics {
  private static final Logger LOG = Logger.getLogger(OutboundMetrics.class);

  private final Outbound outbound;
  private final Clock clock;
  private volatile List<OutletStatus> latest = List.of();

  OutboundMetrics(Outbound outbound, Clock clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  void register(@Observes StartupEvent event, MeterRegistry meters) {
    for (String outlet : outbound.outlets()) {
      gauge("failures", "Failures in a row", outlet, meters, OutletStatus::failures);
      gauge(
          "waiting_seconds",
          "Age of the oldest fact that it has not been told of",
          outlet,
          meters,
          this::waitingSeconds);
    }
  }

  @Scheduled(
      identity = "outbound-metrics",
      every = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (outbound.outlets().isEmpty()) {
      return;
    }
    try {
      latest = outbound.status();
    } catch (SQLException e) {
      latest = List.of();
      LOG.debug("how receivers get on cannot be read now");
    }
  }

  private double waitingSeconds(OutletStatus status) {
    return status.waitingSince() == null
        ? 0
        : Duration.between(Instant.parse(status.waitingSince()), clock.instant()).toMillis() / 1e3;
  }

  private void gauge(
      String name,
      String description,
      String outlet,
      MeterRegistry meters,
      ToDoubleFunction<OutletStatus> value) {
    Gauge.builder("signal_to_order_outlet_" + name, () -> worst(outlet, value))
        .description(description)
        .tag("outlet", outlet)
        .register(meters);
  }

  private double worst(String outlet, ToDoubleFunction<OutletStatus> value) {
    return latest.stream()
        .filter(status -> status.outlet().equals(outlet))
        .mapToDouble(value)
        .max()
        .orElse(Double.NaN);
  }
}
