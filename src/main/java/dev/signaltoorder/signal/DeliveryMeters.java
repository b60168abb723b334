package dev.signaltoorder.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** How many deliveries of each source got which answer. */
@Singleton
class DeliveryMeters {
  /** For a delivery that did not come to its end: there is nobody to answer. */
  static final String TOO_SLOW = "too_slow";

  /** Every answer's {@link WebhookAnswer#label()}, and {@link #TOO_SLOW}. */
  static final List<String> ANSWERS =
      List.of(
          "accepted",
          "duplicate",
          "conflict",
          "invalid",
          "refused",
          "too_large",
          TOO_SLOW,
          "rate_limited",
          "unavailable");

  /** A name nobody configured is no tag: strangers would decide how many series there are. */
  private static final String UNKNOWN = "unknown";

  private final Sources sources;
  private final MeterRegistry meters;

  DeliveryMeters(Sources sources, MeterRegistry meters) {
    this.sources = sources;
    this.meters = meters;
  }

  /**
   * Registers all of them before anything happened: a series that begins with 1 has no increase,
   * and an alert would miss the first event of its kind after each start.
   */
  void register(@Observes StartupEvent event) {
    for (String answer : ANSWERS) {
      counter(UNKNOWN, answer);
      sources.all().forEach(source -> counter(source.name(), answer));
    }
  }

  void count(String source, String answer) {
    counter(sources.find(source).map(WebhookSource::name).orElse(UNKNOWN), answer).increment();
  }

  private Counter counter(String source, String answer) {
    return meters.counter("signal.to.order.deliveries", "source", source, "answer", answer);
  }
}
