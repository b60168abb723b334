package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.ParameterDescription.choice;
import static dev.signaltoorder.risk.ParameterDescription.flag;
import static dev.signaltoorder.risk.ParameterDescription.percent;
import static dev.signaltoorder.risk.ParameterDescription.seconds;

import dev.signaltoorder.risk.ParameterDescription.Scope;
import dev.signaltoorder.risk.ParameterType.Decimal;
import dev.signaltoorder.risk.ParameterType.Stricter;
import dev.signaltoorder.risk.ParameterType.Whole;
import java.math.BigDecimal;
import java.util.List;

/** The part of the catalogue about how senders, markets and the account have behaved so far. */
final class CatalogOfConduct {

  private static final String TRADES = "BUY, SELL, CLOSE";

  /** What is not held back of what sells. */
  static final String ADDING = "BUY, and a SELL of more than the strategy holds";

  private static final ParameterDescription HALT =
      choice(
          "halt",
          "ENTRIES",
          "ENTRIES",
          "what a denial halts",
          "no",
          "ENTRIES",
          "ALL",
          "CANCEL_ALL");

  static final List<RuleDescription> RULES =
      List.of(
          RuleDescription.mandatory(
              RuleCodes.SEQUENCE,
              "BUY, SELL, SHORT",
              "acting on half of a story: a signal was lost, or two changed places",
              choice("gap", "alarm", "alarm", "a number is left out", "trade", "alarm", "hold"),
              choice(
                  "out-of-order",
                  "hold",
                  "hold",
                  "a number is not higher than the last",
                  "trade",
                  "alarm",
                  "hold"),
              choice("missing", "allow", "allow", "a signal without a number", "allow", "deny")),
          RuleDescription.mandatory(
              RuleCodes.CLOCK_SKEW,
              TRADES,
              "ages, expiries and deadlines that are wrong because our clock is",
              new ParameterDescription(
                  "limit",
                  new Decimal("s", BigDecimal.ZERO, BigDecimal.valueOf(60), Stricter.LOWER),
                  Scope.PLAIN,
                  "2",
                  "0.5",
                  "our clock against Kraken's, either way"),
              choice("missing", "allow", "allow", "while it is not measured", "allow", "deny")),
          new RuleDescription(
              RuleCodes.SIZE_SCALING,
              false,
              TRADES,
              "betting the same on a weak signal as on a strong one",
              List.of(
                  flag("by-confidence", "off", "off", "buys are scaled by the signal's confidence"),
                  percent("least", null, "25", "25", "share of the size at confidence 0"),
                  percent("absent", null, "50", "50", "share of the size without a confidence"),
                  flag(
                      "cap-to-limits",
                      "off",
                      "off",
                      "too large an order is sized down to the limits instead of refused"))),
          RuleDescription.mandatory(
              RuleCodes.PRICE_MOVE,
              ADDING,
              "entering a market that runs away",
              percent("limit", Stricter.LOWER, "5", "3", "mid price against any in the window"),
              new ParameterDescription(
                  "window",
                  new Decimal("s", BigDecimal.ZERO, BigDecimal.valueOf(900), Stricter.HIGHER),
                  Scope.PLAIN,
                  "300",
                  "300",
                  "how far back"),
              choice(
                  "missing-history",
                  "allow",
                  "allow",
                  "no price is known from before the window",
                  "allow",
                  "deny")),
          RuleDescription.mandatory(
              RuleCodes.PYRAMIDING,
              "BUY",
              "adding to a position again and again",
              new ParameterDescription(
                  "max-entries",
                  new Whole("buys", 1, 10_000, Stricter.LOWER),
                  Scope.PLAIN,
                  "3",
                  "10",
                  "buys of one strategy in one pair until it holds nothing again")),
          RuleDescription.mandatory(
              RuleCodes.REVERSAL,
              "SELL",
              "a signal to turn round that sells what somebody else holds",
              choice(
                  "sell-beyond-position",
                  "allow",
                  "deny",
                  "a SELL of more than the strategy holds",
                  "allow",
                  "deny")),
          RuleDescription.mandatory(
              RuleCodes.SELF_MATCH,
              TRADES,
              "trading with oneself, which costs fees and may be taken for manipulation"),
          RuleDescription.mandatory(
              RuleCodes.STRATEGY_THROTTLE,
              ADDING,
              "one strategy that uses up what all may do",
              ParameterDescription.count(
                  "per-second", 100_000, "1", "5", "its orders in 1 s, this one included"),
              ParameterDescription.count("per-minute", 1_000_000, "5", "60", "in 60 s"),
              ParameterDescription.count("per-day", 10_000_000, "50", "2000", "in this UTC day")),
          RuleDescription.mandatory(
              RuleCodes.REPEATED_EXECUTION,
              ADDING,
              "a machine that goes on while nobody looks",
              ParameterDescription.count(
                  "count", 10_000_000, "5", "30", "orders in the window since a person resumed"),
              seconds("window", Stricter.HIGHER, "600", "600", "the window"),
              HALT),
          RuleDescription.mandatory(
              RuleCodes.UNKNOWN_ORDERS,
              ADDING,
              "piling new orders on ones that may or may not exist",
              ParameterDescription.count(
                  "count", 10_000, "0", "2", "orders in doubt or quarantined, all pairs"),
              HALT),
          RuleDescription.mandatory(
              RuleCodes.ERROR_RATE,
              ADDING,
              "going on while Kraken refuses or does not answer",
              percent("limit", Stricter.LOWER, "20", "10", "of the last 20 orders"),
              HALT),
          RuleDescription.mandatory(
              RuleCodes.DAILY_LOSS,
              ADDING,
              "a bad day that becomes a ruinous one",
              percent("percent", Stricter.LOWER, "2", "1", "of the account's equity"),
              ofQuote("a day's loss in that asset, instead of the percentage"),
              HALT),
          RuleDescription.mandatory(
              RuleCodes.DRAWDOWN,
              ADDING,
              "a strategy that has stopped working",
              percent("percent", Stricter.LOWER, "10", "5", "of the account's equity"),
              ofQuote("the distance from the highest mark, instead of the percentage"),
              HALT),
          RuleDescription.mandatory(
              RuleCodes.LOSS_STREAK,
              "BUY",
              "trying the same thing again straight after it has failed several times",
              new ParameterDescription(
                  "count",
                  new Whole("losses", 1, 1000, Stricter.LOWER),
                  Scope.PLAIN,
                  "3",
                  "5",
                  "sells at a loss in a row in the pair"),
              seconds("cooldown", Stricter.HIGHER, "3600", "900", "rest after the last of them"),
              choice(
                  "halt",
                  "no",
                  "no",
                  "what a denial halts",
                  "no",
                  "ENTRIES",
                  "ALL",
                  "CANCEL_ALL")));

  private CatalogOfConduct() {}

  private static ParameterDescription ofQuote(String meaning) {
    Decimal type =
        new Decimal(
            "quote asset", BigDecimal.ZERO, ParameterDescription.AMOUNT_MAX, Stricter.LOWER);
    return new ParameterDescription("limit", type, Scope.QUOTE_ONLY, "", "", meaning);
  }
}
