package dev.signaltoorder.paper;

import java.time.Duration;

/**
 * A way in which a call goes wrong.
 *
 * @param kind what goes wrong
 * @param time how long, for the kinds that take time; otherwise zero
 */
public record Fault(Kind kind, Duration time) {

  /** What goes wrong. "Accept": the call is executed as usual, only its answer is not. */
  public enum Kind {
    /** Executed; HTTP 502 with an HTML page. */
    ACCEPT_THEN_502_HTML,
    /** Executed; never answered, the connection stays open. */
    ACCEPT_THEN_SILENCE,
    /** Executed; the connection is closed without an answer. */
    ACCEPT_THEN_RESET,
    /** Executed; {@code EService:Unavailable}. */
    ACCEPT_THEN_UNAVAILABLE,
    /** Executed; HTTP 200 with half of the answer's JSON. */
    TRUNCATED_JSON,
    /** Executed; the answer lacks {@code txid}. */
    NO_TXID,
    /** Executed; no query shows the order before {@code time} is over. */
    LATE_VISIBLE,
    /** Executed; answered {@code time} later. */
    DELAY,
    /** Admitted, never answered, executed {@code time} later unless its deadline is over then. */
    LATE_ACCEPT,
    /** Not executed; the connection is closed without an answer. */
    DROP_BEFORE_ACCEPT,
    /** Not executed; {@code EService:Unavailable}. */
    UNAVAILABLE,
    /** Not executed; {@code EOrder:} or {@code EAPI:Rate limit exceeded}. */
    RATE_LIMIT,
    /** Not executed; for what it is: {@code EOrder:} or {@code EGeneral:Invalid arguments}. */
    REFUSED,
    /** Not executed; {@code EGeneral:Temporary lockout}. */
    LOCKOUT
  }

  /** A fault that takes no time. */
  public static Fault of(Kind kind) {
    return new Fault(kind, Duration.ZERO);
  }
}
