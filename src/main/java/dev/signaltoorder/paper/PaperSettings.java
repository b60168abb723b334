package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated exchange is to be.
 *
 * @param port on 127.0.0.1, 0 to 65535; 0 takes a free one
 * @param prices where prices come from
 * @param seed of the random walk
 * @param priceUrl where Kraken's public prices are fetched
 * @param stateFile keeps the book over restarts; null: in memory only
 * @param balances opening balances, asset id to amount
 * @param limits whose call and order limits hold; null: none
 */
public record PaperSettings(
    int port,
    PriceMode prices,
    long seed,
    URI priceUrl,
    @Nullable Path stateFile,
    Map<String, BigDecimal> balances,
    @Nullable TradingTier limits) {

  /** What an account starts with when the configuration names no balance. */
  public static final Map<String, BigDecimal> DEFAULT_BALANCES =
      Map.of(
          "ZUSD", new BigDecimal("10000"),
          "XXBT", new BigDecimal("1"),
          "XETH", new BigDecimal("10"));

  private static final URI KRAKEN = URI.create("https://api.kraken.com");

  /** A random walk on a free port, in memory: for tests. */
  public static PaperSettings walk(long seed) {
    return new PaperSettings(0, PriceMode.WALK, seed, KRAKEN, null, DEFAULT_BALANCES, null);
  }

  /** The same with another port. */
  public PaperSettings withPort(int other) {
    return new PaperSettings(other, prices, seed, priceUrl, stateFile, balances, limits);
  }

  /** The same with a state file. */
  public PaperSettings withStateFile(@Nullable Path file) {
    return new PaperSettings(port, prices, seed, priceUrl, file, balances, limits);
  }

  /** The same with prices from elsewhere. */
  public PaperSettings withPrices(PriceMode mode, URI url) {
    return new PaperSettings(port, mode, seed, url, stateFile, balances, limits);
  }

  /** The same with other opening balances. */
  public PaperSettings withBalances(Map<String, BigDecimal> opening) {
    return new PaperSettings(port, prices, seed, priceUrl, stateFile, Map.copyOf(opening), limits);
  }
}
