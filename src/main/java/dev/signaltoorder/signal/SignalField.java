package dev.signaltoorder.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of a signal whose place in a payload is configurable. */
enum SignalField {
  TYPE,
  TIMESTAMP,
  ID,
  STRATEGY,
  PAIR,
  ACTION,
  ORDER_TYPE,
  LIMIT_PRICE,
  ENTRY_ZONE_LOW,
  ENTRY_ZONE_HIGH,
  STOP_LOSS,
  /** An array of targets, or one bare price. */
  TAKE_PROFITS,
  /** Relative to one element of {@link #TAKE_PROFITS}. */
  TAKE_PROFIT_PRICE,
  /** Relative to one element of {@link #TAKE_PROFITS}. */
  TAKE_PROFIT_SHARE,
  SIZE_UNIT,
  SIZE_VALUE,
  CONFIDENCE,
  TIMEFRAME,
  RISK_LEVEL,
  REASONING,
  SEQUENCE,
  EXPIRES_AT;

  /** The name in the configuration, {@code limit-price}. */
  String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names, for messages. */
  static String allNames() {
    return Arrays.stream(values()).map(SignalField::configName).collect(Collectors.joining(", "));
  }

  /**
   * Finds a field by its configured name. {@code limitPrice}, {@code limit-price} and {@code
   * limit.price} are the same: an environment variable cannot carry the difference.
   */
  static Optional<SignalField> find(String configured) {
    String wanted = lettersOf(configured);
    return Arrays.stream(values()).filter(f -> lettersOf(f.name()).equals(wanted)).findFirst();
  }

  private static String lettersOf(String name) {
    return name.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
  }
}
