package dev.signaltoorder.risk;

/**
 * One rule's answer. Both numbers are always there, as text with their unit, so that a reader
 * months later needs nothing else.
 *
 * @param code the rule's stable code, for example "max-order-notional"
 * @param verdict its answer
 * @param limit what is allowed, for example "100 USD"
 * @param actual what this signal would have been, for example "250.5 USD"; "unknown" when it could
 *     not be computed
 * @param explanation one sentence in the trader's words
 */
public record RuleResult(
    String code, Verdict verdict, String limit, String actual, String explanation) {

  /** What a rule says. */
  public enum Verdict {
    PASS,
    DENY,
    /**
     * The rule does not concern this action, for example the spread for a CANCEL; or no order could
     * be planned, then another rule has denied.
     */
    NOT_APPLICABLE
  }
}
