package dev.signaltoorder.operations;

import dev.signaltoorder.signal.SignalSpans;
import dev.signaltoorder.trading.Fact;
import dev.signaltoorder.trading.LoopObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Draws each signal's way as a trace, out of committed facts: its decision, and each call to Kraken
 * that was made for it. They join the trace of the webhook that brought it; when another process
 * took that, the trace has the signal's own id. Nothing waits for a trace, and none holds a body, a
 * price or a key.
 */
@Singleton
class SignalTraces implements LoopObserver {
  private static final String NO_SPAN = "0000000000000001";

  private final Tracer tracer;
  private final SignalSpans spans;
  private final Clock clock;

  SignalTraces(OpenTelemetry telemetry, SignalSpans spans, Clock clock) {
    this.tracer = telemetry.getTracer("signal-to-order");
    this.spans = spans;
    this.clock = clock;
  }

  @Override
  public void committed(String account, List<Fact> facts, long nanos) {
    for (Fact fact : facts) {
      switch (fact) {
        case Fact.SignalDecided decided -> decided(account, decided);
        case Fact.KrakenCalled called when called.signalId() != null ->
            called(account, called, called.signalId());
        default -> {
          // Not a step on a signal's way that takes time.
        }
      }
    }
  }

  private void decided(String account, Fact.SignalDecided decided) {
    Span span =
        builder("decide", decided.signalId(), account)
            .setStartTimestamp(decided.input().receivedAt())
            .setAttribute("signal.outcome", decided.outcome())
            .setAttribute("rules.version", decided.decision().ruleSetVersion())
            .startSpan();
    span.end(clock.instant());
  }

  private void called(String account, Fact.KrakenCalled called, UUID signalId) {
    Span span =
        builder("kraken " + called.purpose(), signalId, account)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(called.startedAt())
            .setAttribute("kraken.endpoint", called.endpoint())
            .setAttribute("kraken.outcome", called.outcome())
            .startSpan();
    UUID orderId = called.orderId();
    if (orderId != null) {
      span.setAttribute("order.id", orderId.toString());
    }
    Integer status = called.httpStatus();
    if (status != null) {
      span.setAttribute("http.response.status_code", status.longValue());
    }
    if (!called.outcome().equals("REPLY")) {
      span.setStatus(StatusCode.ERROR, called.outcome());
    }
    span.end(called.finishedAt());
  }

  private SpanBuilder builder(String name, UUID signalId, String account) {
    SpanContext known = spans.of(signalId);
    SpanContext parent = known == null ? ofItsOwn(signalId) : known;
    return tracer
        .spanBuilder(name)
        .setParent(Context.root().with(Span.wrap(parent)))
        .setAttribute("signal.id", signalId.toString())
        .setAttribute("account", account);
  }

  private static SpanContext ofItsOwn(UUID signalId) {
    return SpanContext.createFromRemoteParent(
        signalId.toString().replace("-", ""),
        NO_SPAN,
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }
}
