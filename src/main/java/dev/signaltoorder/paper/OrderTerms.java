package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered.
 *
 * @param pair pair key, "XXBTZUSD"
 * @param side buy or sell
 * @param price limit price; null for a market order
 * @param volume base units
 * @param immediateOrCancel time in force IOC; otherwise GTC
 * @param postOnly oflags=post
 * @param clientOrderId {@code cl_ord_id} as it was sent, or null
 * @param userref 32-bit reference, or null
 */
public record OrderTerms(
    String pair,
    OrderSide side,
    @Nullable BigDecimal price,
    BigDecimal volume,
    boolean immediateOrCancel,
    boolean postOnly,
    @Nullable String clientOrderId,
    @Nullable Integer userref) {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern FREE_TEXT = Pattern.compile("[!-~]{1,18}");

  /**
   * UUID, 32 hex digits, or up to 18 printable ASCII characters (Client Order Identifiers page).
   */
  static boolean isClientOrderId(String text) {
    return UUID.matcher(text).matches()
        || HEX.matcher(text).matches()
        || FREE_TEXT.matcher(text).matches();
  }

  /** Kraken keeps a 128-bit number, so a UUID equals its hex digits. */
  boolean hasClientOrderId(String text) {
    return clientOrderId != null && canonical(clientOrderId).equals(canonical(text));
  }

  private static String canonical(String id) {
    if (UUID.matcher(id).matches() || HEX.matcher(id).matches()) {
      return id.replace("-", "").toLowerCase(Locale.ROOT);
    }
    return id;
  }

  /** "market" or "limit". */
  public String orderType() {
    return price == null ? "market" : "limit";
  }
}
