package dev.signaltoorder.risk;

/**
 * A rule asks that trading stops until a person resumes it.
 *
 * @param scope how much stops
 * @param rule the code of the rule that asks
 * @param reason one sentence with both numbers
 */
public record HaltRequest(Scope scope, String rule, String reason) {

  /** From the narrowest to the widest. */
  public enum Scope {
    /** Nothing that adds to a position. */
    ENTRIES,
    /** No order at all. */
    ALL,
    /** No order at all, and what rests is cancelled, but for protective stops. */
    CANCEL_ALL
  }
}
