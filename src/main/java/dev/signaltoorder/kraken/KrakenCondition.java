package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import java.util.List;

/** What the outcome of one private call says of the condition Kraken is in. */
public enum KrakenCondition {
  /** It answers; whether it liked the call is another matter. */
  WELL,
  /** No usable answer, or Kraken says that it is down or overloaded. */
  AWAY,
  /** Kraken bars the account: every call would prolong it. */
  LOCKED_OUT,
  /** Fewer calls for a while. */
  RATE_LIMITED,
  /** No new orders in this market. */
  CANCEL_ONLY,
  /** Post-only limit orders only in this market. */
  POST_ONLY,
  /** The call was not made, for a reason of our own. */
  NOTHING_LEARNED;

  private static final List<String> DOWN =
      List.of(
          "EService:Unavailable", "EService:Busy", "EService:Timeout", "EGeneral:Internal error");

  /** Reads an outcome; the gravest of several errors counts. */
  public static KrakenCondition of(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.NotSent notSent) {
      return notSent.cause() == Cause.CONNECT_FAILED ? AWAY : NOTHING_LEARNED;
    }
    return switch (Envelope.of(outcome)) {
      case Envelope.Unusable unusable -> AWAY;
      case Envelope.Clean clean -> WELL;
      case Envelope.Errors errors -> {
        List<KrakenCondition> all = errors.errors().stream().map(KrakenCondition::ofError).toList();
        yield List.of(LOCKED_OUT, AWAY, RATE_LIMITED, CANCEL_ONLY, POST_ONLY).stream()
            .filter(all::contains)
            .findFirst()
            .orElse(WELL);
      }
    };
  }

  private static KrakenCondition ofError(String error) {
    KrakenErrors.Row row = KrakenErrors.of(error);
    return switch (row.action()) {
      case STOP_CALLING -> LOCKED_OUT;
      case BACK_OFF -> RATE_LIMITED;
      default ->
          DOWN.contains(row.prefix())
              ? AWAY
              : row.prefix().equals("EService:Market in cancel_only mode")
                  ? CANCEL_ONLY
                  : row.prefix().equals("EService:Market in post_only mode") ? POST_ONLY : WELL;
    };
  }
}
