package dev.signaltoorder.kraken;

/** Which way an order trades. */
public enum OrderSide {
  BUY("buy"),
  SELL("sell");

  private final String wireName;

  OrderSide(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /**
   * By Kraken's word.
   *
   * @throws IllegalArgumentException for another than "buy" and "sell"
   */
  static OrderSide of(String wireName) {
    return switch (wireName) {
      case "buy" -> BUY;
      case "sell" -> SELL;
      default -> throw new IllegalArgumentException("a side is buy or sell");
    };
  }
}
