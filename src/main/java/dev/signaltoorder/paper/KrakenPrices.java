package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The real public prices of Kraken, fetched with one Ticker call for all pairs. */
final class KrakenPrices implements PriceSource, AutoCloseable {

  static final String ORIGIN = "kraken public prices";

  /** Older prices count as none: nobody may trade on them. */
  static final Duration FRESH = Duration.ofSeconds(10);

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private record Row(Quote quote, DayRange day) {}

  private record Snapshot(Instant receivedAt, Map<String, Row> rows) {}

  private final Pairs pairs;
  private final Clock clock;
  private final HttpClient client;
  private final HttpRequest request;
  private volatile @Nullable Snapshot latest;

  KrakenPrices(URI priceUrl, Pairs pairs, Clock clock) {
    this.pairs = pairs;
    this.clock = clock;
    this.client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    String names = pairs.all().stream().map(Pair::altname).collect(Collectors.joining(","));
    String base = priceUrl.toString().replaceAll("/+$", "");
    this.request =
        HttpRequest.newBuilder(URI.create(base + "/0/public/Ticker?pair=" + names))
            .timeout(TIMEOUT)
            .header("User-Agent", "signal-to-order")
            .GET()
            .build();
  }

  /** Asks once. True if fresh prices came; never fails. */
  CompletableFuture<Boolean> poll() {
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .handle((response, trouble) -> trouble == null && accept(response));
  }

  private boolean accept(HttpResponse<byte[]> response) {
    try {
      JsonNode result = Json.read(response.body()).path("result");
      Map<String, Row> rows = new HashMap<>();
      for (Pair pair : pairs.all()) {
        JsonNode row = result.path(pair.key());
        if (row.isObject()) {
          rows.put(pair.key(), row(pair, row));
        }
      }
      if (response.statusCode() != 200 || rows.isEmpty()) {
        return false;
      }
      latest = new Snapshot(clock.instant(), Map.copyOf(rows));
      return true;
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      // Not a Ticker answer: the same as no answer.
      return false;
    }
  }

  private static Row row(Pair pair, JsonNode row) {
    Quote quote =
        Quote.deep(
            pair.toTick(amount(row.path("b").path(0)), RoundingMode.DOWN),
            pair.toTick(amount(row.path("a").path(0)), RoundingMode.UP),
            pair.toTick(amount(row.path("c").path(0)), RoundingMode.HALF_UP));
    DayRange day =
        new DayRange(
            amount(row.path("o")),
            amount(row.path("h").path(1)),
            amount(row.path("l").path(1)),
            amount(row.path("v").path(1)));
    return new Row(quote, day);
  }

  private static BigDecimal amount(JsonNode text) {
    return new BigDecimal(text.asText());
  }

  private @Nullable Row fresh(Pair pair) {
    Snapshot snapshot = latest;
    if (snapshot == null || snapshot.receivedAt().plus(FRESH).isBefore(clock.instant())) {
      return null;
    }
    return snapshot.rows().get(pair.key());
  }

  /**
   * The newest price of a pair, however old, with the time it came; null if there never was one.
   */
  @Nullable Remembered remembered(Pair pair) {
    Snapshot snapshot = latest;
    Row row = snapshot == null ? null : snapshot.rows().get(pair.key());
    return snapshot == null || row == null
        ? null
        : new Remembered(row.quote(), snapshot.receivedAt());
  }

  /** A price of the past. */
  record Remembered(Quote quote, Instant receivedAt) {}

  boolean isFresh() {
    Snapshot snapshot = latest;
    return snapshot != null && !snapshot.receivedAt().plus(FRESH).isBefore(clock.instant());
  }

  @Override
  public @Nullable Quote quote(Pair pair) {
    Row row = fresh(pair);
    return row == null ? null : row.quote();
  }

  @Override
  public @Nullable DayRange dayRange(Pair pair) {
    Row row = fresh(pair);
    return row == null ? null : row.day();
  }

  @Override
  public String origin() {
    return ORIGIN;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
