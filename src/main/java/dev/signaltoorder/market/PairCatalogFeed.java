package dev.signaltoorder.market;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pair catalogue: fetched at start until it works, then at an interval, and when somebody
 * found it out of date. A failed or useless answer never replaces a catalogue that works. One
 * thread fetches; any thread may read.
 */
final class PairCatalogFeed {

  private static final Logger LOG = Logger.getLogger(PairCatalogFeed.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A burst of refused orders asks for one reload, not for one each. */
  static final Duration LEAST_BETWEEN_RELOADS = Duration.ofSeconds(30);

  /** A catalogue and when it was asked for. */
  record Loaded(PairCatalog catalog, Instant at) {}

  private final MarketSource source;
  private final Clock clock;
  private final Duration interval;
  private final BackOff backOff = new BackOff(FIRST_PAUSE, LONGEST_PAUSE);
  private volatile @Nullable Loaded loaded;
  private volatile @Nullable String lastFailure;
  private volatile boolean reloadAsked;

  PairCatalogFeed(MarketSource source, Clock clock, Duration interval) {
    this.source = source;
    this.clock = clock;
    this.interval = interval;
  }

  @Nullable Loaded loaded() {
    return loaded;
  }

  Resolution resolve(String name) {
    Loaded current = loaded;
    if (current != null) {
      return current.catalog().resolve(name);
    }
    String failure = lastFailure;
    String reason = "pair catalogue not loaded yet";
    return new Resolution.NotLoaded(name, failure == null ? reason : reason + ": " + failure);
  }

  void askForReload() {
    reloadAsked = true;
  }

  /** Fetches if it is time to; blocks as long as the call takes. */
  void fetchIfDue() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (!due(now) || !backOff.ready(now)) {
      return;
    }
    // Before the call: a wish that comes while it runs may be about something newer.
    reloadAsked = false;
    switch (Fetched.from("AssetPairs", source::assetPairs)) {
      case Fetched.Usable usable -> accept(PairCatalog.of(usable.result()), now);
      case Fetched.Unusable unusable -> refuse(unusable.reason());
    }
  }

  private boolean due(Instant now) {
    Loaded current = loaded;
    if (current == null) {
      return true;
    }
    return Elapsed.atLeast(reloadAsked ? LEAST_BETWEEN_RELOADS : interval, current.at(), now);
  }

  private void accept(PairCatalog catalog, Instant askedAt) {
    if (catalog.tradable().isEmpty()) {
      refuse("AssetPairs: no tradable pair among " + catalog.untradable().size());
      return;
    }
    loaded = new Loaded(catalog, askedAt);
    lastFailure = null;
    backOff.succeeded();
    LOG.infof(
        "Pair catalogue: %d pairs tradable, %d not",
        catalog.tradable().size(), catalog.untradable().size());
  }

  private void refuse(String reason) {
    reloadAsked = true;
    lastFailure = reason;
    backOff.failed(clock.instant());
    LOG.warnf("Pair catalogue not fetched: %s", reason);
  }
}
