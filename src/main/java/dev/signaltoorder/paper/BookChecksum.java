package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The checksum of Kraken's websocket book, version 2 (guide "Book checksum"): CRC32 over the ten
 * best asks, then the ten best bids; of each the price and the volume with all their decimals, no
 * point and no leading zeros.
 */
final class BookChecksum {

  private static final int LEVELS = 10;

  private BookChecksum() {}

  /**
   * The checksum of a book.
   *
   * @param asks best first
   * @param bids best first
   * @return unsigned 32 bits
   */
  static long of(
      List<Depth.Level> asks, List<Depth.Level> bids, int priceDecimals, int volumeDecimals) {
    StringBuilder text = new StringBuilder();
    append(text, asks, priceDecimals, volumeDecimals);
    append(text, bids, priceDecimals, volumeDecimals);
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static void append(
      StringBuilder text, List<Depth.Level> levels, int priceDecimals, int volumeDecimals) {
    for (Depth.Level level : levels.subList(0, Math.min(LEVELS, levels.size()))) {
      text.append(digits(level.price(), priceDecimals))
          .append(digits(level.volume(), volumeDecimals));
    }
  }

  /** The unscaled value is the text without its point and without leading zeros. */
  private static String digits(BigDecimal amount, int decimals) {
    return amount.setScale(decimals, RoundingMode.UNNECESSARY).unscaledValue().toString();
  }
}
