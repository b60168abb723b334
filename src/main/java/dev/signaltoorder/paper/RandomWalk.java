package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A random walk of prices, one step a second, that depends on nothing but the seed and the time.
 *
 * <p>Every asset's dollar price is a Brownian bridge: its value at a second is found by halving a
 * span of 2^27 seconds (about four years) down to it, each middle displaced by a random number that
 * is a hash of seed, asset and that second. So the same seed shows the same price at the same
 * instant, in every process and after every restart, with no state to keep. Cross pairs are
 * quotients of two assets and therefore agree with each other.
 *
 * <p>Inside, prices are {@code double}: they are made up, and become exact when rounded to the
 * tick.
 */
final class RandomWalk implements PriceSource {

  private static final long SPAN_SECONDS = 1L << 27;
  private static final double HALF_SPREAD = 0.75e-4;

  /** Price in dollars where the walk begins, and standard deviation of a one-second step. */
  private record Start(double dollars, double stepDeviation) {}

  private static final Map<String, Start> STARTS =
      Map.of(
          "XXBT", new Start(67_300, 6e-5),
          "XETH", new Start(3_500, 8e-5),
          "SOL", new Start(150, 1e-4),
          "XXRP", new Start(2.2, 1e-4),
          "XXDG", new Start(0.2, 1.2e-4),
          "ZEUR", new Start(1.08, 1e-5),
          "ZUSD", new Start(1, 0),
          "USDT", new Start(1, 0));

  private final long seed;
  private final Clock clock;

  RandomWalk(long seed, Clock clock) {
    this.seed = seed;
    this.clock = clock;
  }

  @Override
  public Quote quote(Pair pair) {
    return quoteAt(pair, clock.instant(), 1);
  }

  /**
   * The prices at an instant, multiplied by {@code scale}.
   *
   * @param scale 1, or what joins the walk to prices from elsewhere
   */
  Quote quoteAt(Pair pair, Instant time, double scale) {
    double mid = mid(pair, time) * scale;
    BigDecimal bid = pair.toTick(BigDecimal.valueOf(mid * (1 - HALF_SPREAD)), RoundingMode.DOWN);
    BigDecimal ask = pair.toTick(BigDecimal.valueOf(mid * (1 + HALF_SPREAD)), RoundingMode.UP);
    BigDecimal least = bid.max(pair.tickSize());
    return Quote.deep(
        least, ask.max(least.add(pair.tickSize())), least.max(tick(pair, mid)).min(ask));
  }

  @Override
  public DayRange dayRange(Pair pair) {
    return dayRangeAt(pair, clock.instant(), 1);
  }

  /** The day that ends at an instant, looked at once an hour, multiplied by {@code scale}. */
  DayRange dayRangeAt(Pair pair, Instant now, double scale) {
    double high = mid(pair, now);
    double low = high;
    for (int hoursAgo = 1; hoursAgo <= 24; hoursAgo++) {
      double price = mid(pair, now.minus(hoursAgo, ChronoUnit.HOURS));
      high = Math.max(high, price);
      low = Math.min(low, price);
    }
    BigDecimal open = tick(pair, scale * mid(pair, now.truncatedTo(ChronoUnit.DAYS)));
    return new DayRange(
        open,
        tick(pair, scale * high).max(open),
        tick(pair, scale * low).min(open),
        pair.topVolume().multiply(BigDecimal.valueOf(10_000)));
  }

  @Override
  public String origin() {
    return "simulated: random walk, seed " + seed;
  }

  private static BigDecimal tick(Pair pair, double price) {
    return pair.toTick(BigDecimal.valueOf(price), RoundingMode.HALF_UP);
  }

  private double mid(Pair pair, Instant time) {
    long second = time.getEpochSecond();
    return dollars(pair.base(), second) / dollars(pair.quote(), second);
  }

  private double dollars(Asset asset, long second) {
    Start start = STARTS.get(asset.id());
    if (start == null) {
      throw new IllegalStateException("no start price for " + asset.id());
    }
    return start.dollars() * StrictMath.exp(bridge(asset, start.stepDeviation(), second));
  }

  private double bridge(Asset asset, double deviation, long second) {
    if (deviation == 0) {
      return 0;
    }
    long salt = salt(asset);
    long low = Math.floorDiv(second, SPAN_SECONDS) * SPAN_SECONDS;
    long high = low + SPAN_SECONDS;
    double atLow = 0;
    double atHigh = 0;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      double spread = deviation * StrictMath.sqrt((double) (high - low)) / 2;
      double atMiddle = (atLow + atHigh) / 2 + spread * gaussian(salt, middle);
      if (second < middle) {
        high = middle;
        atHigh = atMiddle;
      } else {
        low = middle;
        atLow = atMiddle;
      }
    }
    return atLow;
  }

  private long salt(Asset asset) {
    CRC32 crc = new CRC32();
    crc.update(asset.id().getBytes(StandardCharsets.US_ASCII));
    return mixed(seed ^ mixed(crc.getValue()));
  }

  /** {@link Random}: its Gaussian is specified to the last bit, on every platform. */
  private static double gaussian(long salt, long second) {
    return new Random(mixed(salt ^ mixed(second))).nextGaussian();
  }

  /** Finaliser of SplitMix64: neighbours become unrelated. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
