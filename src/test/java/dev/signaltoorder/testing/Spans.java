package dev.signaltoorder.testing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Keeps all spans of the running service, where traces are on. */
@Singleton
public class Spans {
  private static final InMemorySpanExporter KEPT = InMemorySpanExporter.create();

  /** The exporter of the tests: no network. */
  @Produces
  @Singleton
  SpanProcessor exporter() {
    return SimpleSpanProcessor.create(KEPT);
  }

  /** Those that name a signal. */
  public static List<SpanData> of(String signalId) {
    return KEPT.getFinishedSpanItems().stream()
        .filter(
            span -> signalId.equals(span.getAttributes().get(AttributeKey.stringKey("signal.id"))))
        .toList();
  }

  /** Begins anew. */
  public static void forget() {
    KEPT.reset();
  }
}
