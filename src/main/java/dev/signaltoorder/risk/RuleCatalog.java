package dev.signaltoorder.risk;

import static dev.signaltoorder.risk.ParameterDescription.AMOUNT_MAX;
import static dev.signaltoorder.risk.ParameterDescription.amount;
import static dev.signaltoorder.risk.ParameterDescription.choice;
import static dev.signaltoorder.risk.ParameterDescription.choices;
import static dev.signaltoorder.risk.ParameterDescription.count;
import static dev.signaltoorder.risk.ParameterDescription.flag;
import static dev.signaltoorder.risk.ParameterDescription.limit;
import static dev.signaltoorder.risk.ParameterDescription.percent;
import static dev.signaltoorder.risk.ParameterDescription.percentOfPair;
import static dev.signaltoorder.risk.ParameterDescription.seconds;
import static dev.signaltoorder.risk.ParameterDescription.senderLimit;

import dev.signaltoorder.risk.ParameterDescription.Scope;
import dev.signaltoorder.risk.ParameterType.Decimal;
import dev.signaltoorder.risk.ParameterType.Pairs;
import dev.signaltoorder.risk.ParameterType.Stricter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * All rules, in the order in which they answer: the one source for validation, for the shipped rule
 * sets and for docs/rules.md. Amounts are in the quote asset of the signal's pair. The shipped
 * numbers are ours; no source prescribes them.
 */
public final class RuleCatalog {

  private static final String EVERY_SIGNAL = "every signal";
  private static final String TRADES = "BUY, SELL, CLOSE";
  private static final ParameterDescription EXEMPT_CLOSE =
      flag(
          "exempt-close",
          "on",
          "on",
          "a CLOSE may exceed it, so that a grown position can be left");

  private static final List<RuleDescription> RULES =
      List.of(
          RuleDescription.mandatory(
              RuleCodes.TRADING_STATE,
              EVERY_SIGNAL,
              "trading while a person has halted it or before one has armed the account"),
          RuleDescription.mandatory(
              RuleCodes.STALE_SIGNAL,
              EVERY_SIGNAL,
              "trading on news of yesterday, on a replayed message or by a wrong clock",
              seconds("max-age", Stricter.LOWER, "60", "15", "oldest event time"),
              seconds("max-future", Stricter.LOWER, "5", "2", "event time ahead of our clock")),
          RuleDescription.mandatory(
              RuleCodes.SHORT_ENTRY,
              EVERY_SIGNAL,
              "selling what is owned when the sender meant a short position; spot has none"),
          RuleDescription.mandatory(
              RuleCodes.ALLOWED_PAIR,
              "BUY, SELL, CLOSE, SHORT",
              "trading a market nobody has chosen",
              new ParameterDescription(
                  "pairs",
                  new Pairs(),
                  Scope.PLAIN,
                  "BTC/USD,ETH/USD",
                  "BTC/USD,ETH/USD,SOL/USD,XRP/USD,ADA/USD,DOGE/USD,DOT/USD,LTC/USD,LINK/USD,"
                      + "AVAX/USD,BCH/USD,BTC/EUR,ETH/EUR,SOL/EUR,XRP/EUR,ADA/EUR,BTC/USDT,ETH/USDT,"
                      + "BTC/USDC,ETH/USDC",
                  "pairs that may be traded")),
          RuleDescription.mandatory(
              RuleCodes.PAIR_STATUS,
              EVERY_SIGNAL,
              "orders in a market that is closed, restricted or unknown",
              choice(
                  "missing-status",
                  "deny",
                  "deny",
                  "a pair that Kraken gives no status",
                  "allow",
                  "deny")),
          RuleDescription.mandatory(
              RuleCodes.ORDER_DEFAULTS,
              TRADES,
              "guessing what a signal leaves open; an unbounded market order",
              choice(
                  "type",
                  "LIMIT",
                  "LIMIT",
                  "when the signal has neither type nor price",
                  "LIMIT",
                  "MARKET"),
              choice("time-in-force", "IOC", "IOC", "of limit orders", "IOC", "GTC"),
              flag("post-only", "off", "off", "limit orders never take; needs GTC"),
              flag("market-as-ioc-limit", "on", "on", "a market order becomes a limit IOC order"),
              new ParameterDescription(
                  "market-collar",
                  new Decimal("%", BigDecimal.ZERO, BigDecimal.TEN, null),
                  Scope.PLAIN,
                  "0.5",
                  "0.3",
                  "how far beyond the far side of the spread that limit lies"),
              choice(
                  "limit-from",
                  "touch",
                  "touch",
                  "price of a LIMIT without one: far side, own side, or none",
                  "touch",
                  "own-side",
                  "refuse")),
          RuleDescription.mandatory(
              RuleCodes.ALLOWED_SIDE,
              TRADES,
              "trading in a direction nobody has chosen",
              choices("sides", "BUY,SELL", "BUY,SELL", "sides that may be traded", "BUY", "SELL")),
          RuleDescription.mandatory(
              RuleCodes.ALLOWED_TYPE,
              TRADES,
              "orders that can run away or wait for ever",
              choices(
                  "types",
                  "LIMIT_IOC",
                  "LIMIT_IOC,LIMIT_GTC,MARKET",
                  "what may really be sent, after the order defaults",
                  "LIMIT_IOC",
                  "LIMIT_GTC",
                  "MARKET")),
          RuleDescription.mandatory(
              RuleCodes.DEFAULT_SIZE,
              TRADES,
              "guessing a size that the signal does not name or that cannot be computed",
              choice(
                  "unit",
                  "QUOTE",
                  "QUOTE",
                  "what the value counts",
                  "BASE",
                  "QUOTE",
                  "EQUITY_PERCENT",
                  "RISK_PERCENT"),
              amount("value", null, Scope.PLAIN, "50", "1000", "size when the signal has none")),
          new RuleDescription(
              RuleCodes.REQUIRED_STOP,
              false,
              "BUY",
              "entering without knowing where to get out",
              List.of(
                  flag("enabled", "off", "off", "a BUY must name a stop-loss below its price"))),
          RuleDescription.mandatory(
              RuleCodes.PAIR_PRECISION,
              TRADES,
              "prices and volumes finer than Kraken takes; they are refused, never rounded"),
          RuleDescription.mandatory(
              RuleCodes.PAIR_MINIMUM,
              TRADES,
              "orders smaller than Kraken takes; they are refused, never rounded up"),
          RuleDescription.mandatory(
              RuleCodes.MAX_ORDER_NOTIONAL,
              TRADES,
              "a fat finger: one order that is too valuable",
              limit("limit", Scope.PER_QUOTE_OR_PAIR, "100", "10000", "largest value of an order"),
              senderLimit(Scope.PER_STRATEGY, "the same for one strategy's orders, on top"),
              senderLimit(Scope.PER_SOURCE, "the same for one source's orders, on top"),
              EXEMPT_CLOSE),
          RuleDescription.mandatory(
              RuleCodes.MAX_ORDER_QUANTITY,
              TRADES,
              "a fat finger: too many units, even at a price that makes them look cheap",
              new ParameterDescription(
                  "factor",
                  new Decimal("times", BigDecimal.ZERO, BigDecimal.TEN, Stricter.LOWER),
                  Scope.PLAIN,
                  "1.2",
                  "1.2",
                  "largest volume = this x max-order-notional / mid price"),
              new ParameterDescription(
                  "limit",
                  new Decimal("base asset", BigDecimal.ZERO, AMOUNT_MAX, Stricter.LOWER),
                  Scope.PER_PAIR,
                  "",
                  "",
                  "largest volume for one pair, instead of the computed one"),
              EXEMPT_CLOSE),
          RuleDescription.mandatory(
              RuleCodes.STALE_PRICE,
              TRADES,
              "deciding on a market that has moved on, or on none",
              seconds("max-age", Stricter.LOWER, "5", "2", "oldest market snapshot"),
              seconds("max-future", Stricter.LOWER, "1", "1", "snapshot ahead of our clock")),
          RuleDescription.mandatory(
              RuleCodes.PRICE_COLLAR,
              TRADES,
              "a mistyped price; both directions: a harmless-looking one is as wrong",
              percentOfPair("limit", "1", "0.5", "order price against the mid price")),
          RuleDescription.mandatory(
              RuleCodes.SPREAD,
              CatalogOfConduct.ADDING,
              "trading while the market is thin or broken",
              percentOfPair("limit", "0.5", "0.2", "(ask - bid) / mid")),
          RuleDescription.mandatory(
              RuleCodes.DEPTH,
              CatalogOfConduct.ADDING,
              "moving the market with the order itself",
              new ParameterDescription(
                  "multiple",
                  new Decimal("times", BigDecimal.ZERO, BigDecimal.valueOf(1000), Stricter.HIGHER),
                  Scope.PLAIN,
                  "1",
                  "3",
                  "depth on the side it takes, within 0.5 % of mid, as a multiple of the order")),
          RuleDescription.mandatory(
              RuleCodes.OPEN_ORDERS,
              CatalogOfConduct.ADDING,
              "piling up orders whose end is not known",
              count("count", 10_000, "5", "50", "open orders, this one and unknown ones included"),
              limit("notional", Scope.PER_QUOTE, "500", "50000", "their open value")),
          RuleDescription.mandatory(
              RuleCodes.POSITION_LIMIT,
              "BUY",
              "holding more of one asset than was meant",
              limit(
                  "limit",
                  Scope.PER_QUOTE_OR_PAIR,
                  "500",
                  "50000",
                  "position + open buys + this order")),
          RuleDescription.mandatory(
              RuleCodes.DAILY_NOTIONAL,
              TRADES,
              "many small orders that add up",
              limit("limit", Scope.PER_QUOTE, "1000", "500000", "approved per UTC day, with this"),
              senderLimit(Scope.PER_STRATEGY, "approved for one strategy per UTC day, on top"),
              senderLimit(Scope.PER_SOURCE, "approved for one source per UTC day, on top"),
              EXEMPT_CLOSE),
          RuleDescription.mandatory(
              RuleCodes.FREE_BALANCE,
              TRADES,
              "orders the account cannot pay for or has already promised elsewhere",
              percent(
                  "reserve",
                  Stricter.HIGHER,
                  "5",
                  "2",
                  "kept for fees, on top of a buy; at least the account's own fee")),
          RuleDescription.mandatory(
              RuleCodes.DUPLICATE_ORDER,
              "BUY, SELL",
              "the same idea sent twice under two ids",
              seconds(
                  "window",
                  Stricter.HIGHER,
                  "30",
                  "5",
                  "same strategy, pair, side, and size asked for or volume")),
          RuleDescription.mandatory(
              RuleCodes.MESSAGE_THROTTLE,
              CatalogOfConduct.ADDING,
              "a sender that runs wild",
              count("per-second", 100_000, "1", "5", "approved orders in 1 s, this one included"),
              count("per-minute", 1_000_000, "5", "60", "in 60 s"),
              count("per-hour", 10_000_000, "30", "1000", "in 3600 s"),
              count("per-day", 10_000_000, "50", "2000", "in this UTC day")));

  private static final List<RuleDescription> ALL =
      Stream.concat(RULES.stream(), CatalogOfConduct.RULES.stream()).toList();

  private RuleCatalog() {}

  /** All rules, in the order in which they answer. */
  public static List<RuleDescription> rules() {
    return ALL;
  }
}
