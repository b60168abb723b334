package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketData;
import dev.signaltoorder.market.Observed;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.market.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The market package as the loop sees it. */
public final class MarketDataView implements Markets {
  private final MarketData market;

  public MarketDataView(MarketData market) {
    this.market = market;
  }

  @Override
  public MarketView now(String pair) {
    Resolution resolution = market.resolve(pair);
    if (resolution instanceof Resolution.Found found) {
      return of(found.rules());
    }
    String problem = String.valueOf(resolution.problem());
    boolean loading = resolution instanceof Resolution.NotLoaded;
    return new MarketView(null, problem, loading, null, problem, List.of());
  }

  @Override
  public void refresh(String pair, Consumer<MarketView> done) {
    if (market.resolve(pair) instanceof Resolution.Found found) {
      market.refresh(found.rules().symbol(), result -> done.accept(now(pair)));
    } else {
      done.accept(now(pair));
    }
  }

  @Override
  public void watch(String pair, Consumer<MarketView> done) {
    MarketView known = now(pair);
    if (known.snapshot() == null) {
      refresh(pair, done);
    } else {
      done.accept(known);
    }
  }

  private MarketView of(PairRules rules) {
    Optional<Observed> latest = market.latest(rules.symbol());
    if (latest.isEmpty()) {
      String problem = market.problem(rules.symbol());
      return new MarketView(
          rules, null, false, null, problem == null ? "no snapshot yet" : problem, List.of());
    }
    return new MarketView(rules, null, false, latest.get().snapshot(), null, latest.get().calls());
  }
}
