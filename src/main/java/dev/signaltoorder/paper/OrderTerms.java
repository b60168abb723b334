package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered.
 *
 * @param pair pair key, "XXBTZUSD"
 * @param side buy or sell
 * @param type Kraken's order type
 * @param price limit price; null for an order at the market
 * @param volume base units
 * @param displayVolume what an iceberg order shows at a time, base units; otherwise null
 * @param trigger what it waits for at first; null if nothing
 * @param timing how long it stays
 * @param flags further wishes
 * @param close the order that each fill brings; otherwise null
 * @param clientOrderId {@code cl_ord_id} as it was sent, or null
 * @param userref 32-bit reference, or null
 * @param parent txid of the order whose fill brought this one; otherwise null
 */
public record OrderTerms(
    String pair,
    OrderSide side,
    OrderType type,
    @Nullable BigDecimal price,
    BigDecimal volume,
    @Nullable BigDecimal displayVolume,
    @Nullable OrderTrigger trigger,
    Timing timing,
    Flags flags,
    @Nullable CloseTerms close,
    @Nullable String clientOrderId,
    @Nullable Integer userref,
    @Nullable String parent) {

  /**
   * How long an order stays.
   *
   * @param startsAt null for at once
   * @param expiresAt only with GTD; otherwise null
   */
  public record Timing(
      TimeInForce inForce, @Nullable Instant startsAt, @Nullable Instant expiresAt) {
    static final Timing UNTIL_CANCELED = new Timing(TimeInForce.GTC, null, null);
  }

  /**
   * Further wishes.
   *
   * @param postOnly oflags=post
   * @param cash what a market buy may cost where the volume was given in quote units (viqc);
   *     otherwise null
   * @param selfTrade stptype
   */
  public record Flags(boolean postOnly, @Nullable BigDecimal cash, SelfTrade selfTrade) {
    static final Flags NONE = new Flags(false, null, SelfTrade.CANCEL_NEWEST);

    String wireNames() {
      return (postOnly ? "post," : "") + (cash == null ? "" : "viqc,") + "fciq";
    }
  }

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

  /** "market", "limit", "stop-loss-limit", ... */
  public String orderType() {
    return type.wireName();
  }

  /** True if it must not rest: IOC or FOK. */
  public boolean immediateOrCancel() {
    return timing.inForce() == TimeInForce.IOC || timing.inForce() == TimeInForce.FOK;
  }

  /** oflags=post. */
  public boolean postOnly() {
    return flags.postOnly();
  }

  OrderTerms amended(
      BigDecimal newVolume,
      @Nullable BigDecimal newPrice,
      @Nullable BigDecimal newDisplay,
      boolean newPostOnly) {
    return new OrderTerms(
        pair,
        side,
        type,
        newPrice,
        newVolume,
        newDisplay,
        trigger,
        timing,
        new Flags(newPostOnly, flags.cash(), flags.selfTrade()),
        close,
        clientOrderId,
        userref,
        parent);
  }
}
