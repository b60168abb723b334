package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * One pair's order book as the websocket's {@code book} channel keeps it: a snapshot, then changed
 * levels, each message with a CRC-32 over the ten best levels of both sides (Kraken's guide "Book
 * checksum (WebSocket v2)").
 */
final class WsBook {

  private static final int CHECKED_LEVELS = 10;

  private final int depth;
  private final FeedInstrument instrument;
  private final NavigableMap<BigDecimal, BigDecimal> bids =
      new TreeMap<>(Comparator.<BigDecimal>naturalOrder().reversed());
  private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

  /**
   * @param depth levels on each side, as subscribed
   * @param instrument its precisions are those that the checksum is computed with
   */
  WsBook(int depth, FeedInstrument instrument) {
    this.depth = depth;
    this.instrument = instrument;
  }

  /** Puts the levels of one message in; a volume of zero takes a level out. */
  void apply(JsonNode data) throws UnreadableAnswerException {
    apply(data.path("bids"), bids);
    apply(data.path("asks"), asks);
  }

  private void apply(JsonNode rows, NavigableMap<BigDecimal, BigDecimal> side)
      throws UnreadableAnswerException {
    if (rows.isMissingNode()) {
      return;
    }
    if (!rows.isArray()) {
      throw new UnreadableAnswerException("a side of the book is not a list");
    }
    for (JsonNode row : rows) {
      Fields level = Fields.of(row, "a level");
      BigDecimal price = exact(level.notNegative("price"), instrument.pricePrecision());
      BigDecimal volume = exact(level.notNegative("qty"), instrument.quantityPrecision());
      if (price.signum() == 0) {
        throw new UnreadableAnswerException("a level's price is zero");
      }
      if (volume.signum() == 0) {
        side.remove(price);
      } else {
        side.put(price, volume);
      }
    }
    while (side.size() > depth) {
      side.pollLastEntry();
    }
  }

  private static BigDecimal exact(BigDecimal value, int decimals) throws UnreadableAnswerException {
    try {
      return value.setScale(decimals, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new UnreadableAnswerException("a level has more decimals than its pair allows");
    }
  }

  /** CRC-32 over the ten best asks, then bids, as text without point and leading zeros. */
  long checksum() {
    StringBuilder text = new StringBuilder();
    append(asks, text);
    append(bids, text);
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static void append(NavigableMap<BigDecimal, BigDecimal> side, StringBuilder text) {
    side.entrySet().stream()
        .limit(CHECKED_LEVELS)
        .forEach(
            level ->
                text.append(level.getKey().unscaledValue())
                    .append(level.getValue().unscaledValue()));
  }

  /** Neither side empty, and no buyer above a seller. */
  boolean isSound() {
    return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey().compareTo(asks.firstKey()) < 0;
  }

  /** Best first. */
  List<FeedLevel> bids() {
    return levels(bids);
  }

  /** Best first. */
  List<FeedLevel> asks() {
    return levels(asks);
  }

  private static List<FeedLevel> levels(Map<BigDecimal, BigDecimal> side) {
    List<FeedLevel> levels = new ArrayList<>(side.size());
    side.forEach((price, volume) -> levels.add(new FeedLevel(price, volume)));
    return List.copyOf(levels);
  }
}
