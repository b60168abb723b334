package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far our clock is off Kraken's, at least: SystemStatus carries Kraken's time in whole seconds,
 * and it was that time at some moment between our request and its answer (Kraken, Get System
 * Status).
 */
final class ClockSkew {
  private static final String ENDPOINT = "/0/public/SystemStatus";
  private static final Pattern TIMESTAMP =
      Pattern.compile("\"timestamp\"\\s*:\\s*\"([0-9TZ:.+-]{20,40})\"");

  private ClockSkew() {}

  /**
   * Seconds our clock is ahead of Kraken's, negative when it is behind, zero when both may agree;
   * null when no answer among these calls says.
   */
  static @Nullable BigDecimal seconds(List<CallRecord> calls) {
    for (CallRecord call : calls) {
      if (call.endpoint().equals(ENDPOINT)
          && call.outcome() instanceof CallOutcome.Reply reply
          && reply.complete()) {
        return of(call, new String(reply.body(), StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  private static @Nullable BigDecimal of(CallRecord call, String body) {
    Matcher found = TIMESTAMP.matcher(body);
    if (!found.find()) {
      return null;
    }
    try {
      Instant shown = Instant.parse(found.group(1));
      Duration ahead = Duration.between(shown.plusSeconds(1), call.startedAt());
      Duration behind = Duration.between(shown, call.finishedAt());
      Duration least = ahead.isPositive() ? ahead : behind.isNegative() ? behind : Duration.ZERO;
      return BigDecimal.valueOf(least.toMillis(), 3);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
