package dev.signaltoorder.paper;

import org.jspecify.annotations.Nullable;

/**
 * The order that comes into being with each fill, on the other side and for the fill's volume.
 *
 * @param type limit or triggered, never market
 * @param price limit or trigger; relative ones count from the fill's price
 * @param price2 limit of a triggered order with a limit; otherwise null
 */
public record CloseTerms(OrderType type, RelativePrice price, @Nullable RelativePrice price2) {

  /** "close position @ stop loss 45000.0 -> limit 44000.0". */
  String description() {
    String text = "close position @ " + type.wireName().replace('-', ' ') + " " + price.text();
    return price2 == null ? text : text + " -> limit " + price2.text();
  }
}
