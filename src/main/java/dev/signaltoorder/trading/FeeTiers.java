package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the account pays, as Kraken's TradeVolume last told it, for the pairs that were decided on.
 * Part of the fold.
 */
final class FeeTiers {
  private final NavigableMap<String, Names> traded = new TreeMap<>();
  private final NavigableMap<String, BigDecimal> percent = new TreeMap<>();

  /** How Kraken calls a pair: {@code altname} in questions, {@code key} in answers. */
  record Names(String altname, String key) {}

  /**
   * Everything, as values.
   *
   * @param traded by symbol
   * @param percent by Kraken's key
   */
  record Image(NavigableMap<String, Names> traded, NavigableMap<String, BigDecimal> percent) {}

  void decided(PairRules pair) {
    traded.put(pair.symbol(), new Names(pair.altname(), pair.key()));
  }

  void read(Fact.FeesRead fact) {
    fact.takerPercent().forEach(percent::put);
    // Nobody knows beforehand which of the two an order will pay.
    fact.makerPercent().forEach((key, maker) -> percent.merge(key, maker, BigDecimal::max));
    percent.replaceAll((key, fee) -> fee.max(BigDecimal.ZERO));
  }

  /** The most that an order in the pair costs, per cent of its value; null while not told. */
  @Nullable BigDecimal percentOf(String symbol) {
    Names names = traded.get(symbol);
    return names == null ? null : percent.get(names.key());
  }

  /** The pairs to ask about, as Kraken's questions name them. */
  List<String> altnames() {
    return traded.values().stream().map(Names::altname).toList();
  }

  Image image() {
    return new Image(new TreeMap<>(traded), new TreeMap<>(percent));
  }

  void restore(Image image) {
    traded.putAll(image.traded());
    percent.putAll(image.percent());
  }
}
