package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * What each rule cost or saved, judged by the signals that it alone refused: those are what would
 * have been traded without it. See {@link RefusedTrades} for how.
 *
 * @param horizon how long an order is held, ISO 8601
 * @param refused signals that were refused, by one rule or several
 * @param bySeveral of these, refused by several rules: no single one's cost
 * @param byRule in the order of their codes
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record RuleCosts(String horizon, long refused, long bySeveral, List<Rule> byRule) {

  RuleCosts {
    byRule = List.copyOf(byRule);
  }

  /**
   * One rule. {@code alone = noOrder + noLaterPrice + unfilled + judged}.
   *
   * @param rule its code
   * @param refused signals it refused, alone or with others
   * @param alone signals that it alone refused
   * @param noOrder of these, where no order could be planned, or there was no price
   * @param noLaterPrice of these, where no later price is known: they could not be judged
   * @param unfilled of these, whose limit no known price reached
   * @param judged of these, with a result
   * @param resultBps what the judged ones would have earned, in basis points of their price
   * @param money by quote asset
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Rule(
      String rule,
      long refused,
      long alone,
      long noOrder,
      long noLaterPrice,
      long unfilled,
      long judged,
      Spread resultBps,
      Map<String, Money> money) {}

  /**
   * In units of the quote asset, plain decimals as text, without fees.
   *
   * @param cost what the winners among the judged would have earned
   * @param saved what the losers would have lost
   * @param net saved less cost: positive when the rule saved money
   */
  @RegisterForReflection
  record Money(String cost, String saved, String net) {}
}
