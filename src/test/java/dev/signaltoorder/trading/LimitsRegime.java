package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.NullUnmarked;

/**
 * A rule set, and what happens how often, so that no limit hides another: one halt would leave
 * nothing for the others to refuse.
 *
 * @param funds what the account has before anything is traded, by asset
 * @param mix what happens how often
 * @param limits that must have been reached, by rule and limit
 * @param halts who must have halted
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
record LimitsRegime(
    String name,
    SortedMap<String, SortedMap<String, String>> rules,
    Map<String, BigDecimal> funds,
    Mix mix,
    List<String> limits,
    List<String> halts) {

  /**
   * How often what happens.
   *
   * @param still rounds of 100 in which no time passes
   * @param pause otherwise at most so many milliseconds
   * @param signals rounds of 100 that bring a signal; most others bring news of an order
   * @param buys signals of 100
   * @param closes signals of 100; the others sell a size
   * @param refused AddOrders of 100 that Kraken refuses
   * @param doubtful AddOrders of 100 that nobody knows about
   * @param walk of a price in one round, per cent
   */
  record Mix(
      int still,
      int pause,
      int signals,
      int buys,
      int closes,
      int refused,
      int doubtful,
      double walk) {}

  @Override
  public String toString() {
    return name;
  }

  RuleSet ruleSet() {
    return Samples.ruleSet(rules);
  }

  /** How often, and how large: nothing else stands in the way. */
  static LimitsRegime pace() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    set(rules, "message-throttle", "per-second=2", "per-minute=5", "per-hour=28", "per-day=112");
    set(rules, "strategy-throttle", "per-second=1", "per-minute=3", "per-day=42");
    set(rules, "duplicate-order", "window=60");
    set(rules, "repeated-execution", "count=12", "window=600", "halt=ENTRIES");
    set(rules, "max-order-notional", "limit=100", "limit.ETH/USD=90", "exempt-close=on");
    set(rules, "max-order-notional", "strategy-limit.strategy-0=60", "source-limit.other=80");
    set(rules, "max-order-quantity", "factor=0.8", "limit.ETH/USD=0.03", "exempt-close=off");
    set(rules, "daily-notional", "exempt-close=off");
    set(rules, "daily-notional", "strategy-limit.strategy-1=1500", "source-limit.other=1200");
    set(rules, "stale-price", "max-age=2", "max-future=1");
    set(rules, "sequence", "gap=hold", "out-of-order=hold");
    return new LimitsRegime(
        "pace",
        rules,
        funds("1000000", "20", "400"),
        new Mix(45, 9_000, 45, 50, 15, 3, 3, 0.1),
        List.of(
            "message-throttle per-second",
            "message-throttle per-minute",
            "message-throttle per-hour",
            "message-throttle per-day",
            "strategy-throttle per-second",
            "strategy-throttle per-minute",
            "strategy-throttle per-day",
            "duplicate-order window",
            "repeated-execution count",
            "max-order-notional limit",
            "max-order-notional strategy-limit",
            "max-order-notional source-limit",
            "max-order-quantity factor",
            "max-order-quantity limit of the pair",
            "daily-notional strategy-limit",
            "daily-notional source-limit",
            "stale-signal max-age",
            "stale-signal max-future",
            "stale-signal expiry",
            "stale-price max-age",
            "stale-price max-future",
            "sequence gap",
            "sequence out-of-order",
            "price-collar limit",
            "spread limit",
            "depth multiple"),
        List.of("anna", "rule repeated-execution"));
  }

  /** What is out, what is held, what is not known, and what it is paid with. */
  static LimitsRegime exposure() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    set(rules, "open-orders", "count=5", "notional=190");
    set(rules, "position-limit", "limit=300", "limit.ETH/USD=220");
    set(rules, "daily-notional", "limit=3500", "exempt-close=on");
    set(rules, "pyramiding", "max-entries=4");
    set(rules, "unknown-orders", "count=1", "halt=ALL");
    set(rules, "error-rate", "limit=10", "halt=CANCEL_ALL");
    set(rules, "reversal", "sell-beyond-position=deny");
    set(rules, "repeated-execution", "count=30", "halt=no");
    set(rules, "free-balance", "reserve=5");
    return new LimitsRegime(
        "exposure",
        rules,
        // No coins that were not bought here: so a sell can be one too many.
        funds("550", "0", "0"),
        new Mix(20, 9_000, 45, 60, 20, 6, 18, 0.1),
        List.of(
            "open-orders count",
            "open-orders notional",
            "position-limit limit",
            "pyramiding max-entries",
            "unknown-orders count",
            "error-rate limit",
            "reversal sell-beyond-position",
            "self-match own order",
            "free-balance BUY",
            "free-balance SELL",
            "daily-notional limit",
            "trading-state ENTRIES",
            "trading-state ALL",
            "trading-state CANCEL_ALL"),
        List.of("anna", "rule unknown-orders", "rule error-rate"));
  }

  /** The same, and what is too large is made smaller instead of refused. */
  static LimitsRegime capped() {
    LimitsRegime exposure = exposure();
    SortedMap<String, SortedMap<String, String>> rules = exposure.rules();
    set(rules, "size-scaling", "cap-to-limits=on");
    set(rules, "max-order-notional", "strategy-limit.strategy-0=60", "source-limit.other=80");
    set(rules, "daily-notional", "strategy-limit.strategy-1=900", "source-limit.other=1000");
    set(rules, "duplicate-order", "window=300");
    return new LimitsRegime(
        "capped",
        rules,
        exposure.funds(),
        exposure.mix(),
        List.of(
            "open-orders count",
            "open-orders notional",
            "position-limit limit",
            "daily-notional strategy-limit",
            "daily-notional source-limit",
            "duplicate-order window",
            "free-balance BUY",
            "reversal sell-beyond-position"),
        List.of("anna", "rule error-rate"));
  }

  /** What is lost, and a market that runs. */
  static LimitsRegime losses() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("IOC");
    set(rules, "daily-loss", "percent=6", "halt=ENTRIES");
    rules.get("daily-loss").remove("limit.USD");
    set(rules, "drawdown", "limit.USD=15", "halt=ALL");
    set(rules, "loss-streak", "count=3", "cooldown=900", "halt=no");
    set(rules, "price-move", "limit=3", "window=300");
    set(rules, "position-limit", "limit=400");
    set(rules, "free-balance", "reserve=1");
    return new LimitsRegime(
        "losses",
        rules,
        funds("1000", "0.01", "0.2"),
        new Mix(20, 15_000, 45, 50, 35, 2, 3, 0.25),
        List.of(
            "daily-loss percent",
            "drawdown limit",
            "loss-streak cooldown",
            "price-move limit",
            "price-collar limit",
            "spread limit",
            "depth multiple"),
        List.of("anna", "rule daily-loss", "rule drawdown"));
  }

  private static Map<String, BigDecimal> funds(String dollars, String bitcoins, String ethers) {
    return Map.of(
        "USD", new BigDecimal(dollars),
        "BTC", new BigDecimal(bitcoins),
        "ETH", new BigDecimal(ethers));
  }

  /** "name=value". */
  private static void set(
      SortedMap<String, SortedMap<String, String>> rules, String rule, String... parameters) {
    for (String parameter : parameters) {
      String[] parts = parameter.split("=", 2);
      Samples.set(rules, rule, parts[0], parts[1]);
    }
  }
}
