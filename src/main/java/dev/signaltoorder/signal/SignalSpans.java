package dev.signaltoorder.signal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Under which span each signal came in, for a while, so that what happens to it later joins its
 * trace. Holds nothing while traces are off.
 */
@Singleton
public class SignalSpans {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int MOST = 10_000;

  private final Cache<UUID, SpanContext> spans =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

  /** The signal came in under the span of this thread, if there is one. */
  void begins(UUID signalId) {
    SpanContext current = Span.current().getSpanContext();
    if (current.isValid() && current.isSampled()) {
      Span.current().setAttribute("signal.id", signalId.toString());
      spans.put(signalId, current);
    }
  }

  /** The span, or null when it is not known here: another process took the signal, or long ago. */
  public @Nullable SpanContext of(UUID signalId) {
    return spans.getIfPresent(signalId);
  }
}
