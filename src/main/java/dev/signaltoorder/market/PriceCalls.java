package dev.signaltoorder.market;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calls a snapshot is made of. They block, and never throw for a call that went wrong. */
final class PriceCalls {

  private final MarketSource source;
  private final SystemStatusFeed systemStatus;
  private final int depthLevels;
  private final Runnable unknownPair;

  /** Ticker's answer for one pair, and whether it was asked for that pair alone. */
  record TickerAnswer(Fetched fetched, boolean alone) {}

  /**
   * @param unknownPair run when Kraken does not know a pair that the catalogue lists
   */
  PriceCalls(
      MarketSource source, SystemStatusFeed systemStatus, int depthLevels, Runnable unknownPair) {
    this.source = source;
    this.systemStatus = systemStatus;
    this.depthLevels = depthLevels;
    this.unknownPair = unknownPair;
  }

  Fetched systemStatus() {
    return systemStatus.current();
  }

  Fetched depth(PairRules pair) {
    return Fetched.from("Depth", () -> source.depth(pair.altname(), depthLevels));
  }

  /** One answer for each pair, by its symbol: one call, unless one of them spoils it for all. */
  Map<String, TickerAnswer> tickers(List<PairRules> pairs) {
    Fetched together = ticker(pairs);
    boolean alone = pairs.size() == 1;
    boolean spoiled = together instanceof Fetched.Unusable unusable && unusable.unknownPair();
    if (spoiled) {
      unknownPair.run();
    }
    var answers = new HashMap<String, TickerAnswer>();
    for (PairRules pair : pairs) {
      answers.put(
          pair.symbol(),
          spoiled && !alone
              ? new TickerAnswer(ticker(List.of(pair)), true)
              : new TickerAnswer(together, alone));
    }
    return answers;
  }

  private Fetched ticker(List<PairRules> pairs) {
    List<String> altnames = pairs.stream().map(PairRules::altname).toList();
    return Fetched.from("Ticker", () -> source.ticker(altnames));
  }
}
