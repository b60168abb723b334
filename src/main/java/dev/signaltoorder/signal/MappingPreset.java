package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The mappings that are shipped. */
enum MappingPreset {
  /** The documented payload, everything under {@code /data}. */
  CANONICAL,
  /** The same names at the top level. */
  FLAT,
  /** An alert message made of TradingView's placeholders, see the signals guide. */
  TRADINGVIEW;

  /** Where each field stands. */
  Map<SignalField, JsonPointer> pointers() {
    Map<SignalField, JsonPointer> pointers = named(this == CANONICAL ? "/data" : "");
    switch (this) {
      case CANONICAL -> pointers.put(SignalField.TYPE, JsonPointer.compile("/type"));
      case FLAT -> {}
      case TRADINGVIEW -> {
        pointers.put(SignalField.TIMESTAMP, JsonPointer.compile("/time"));
        pointers.put(SignalField.PAIR, JsonPointer.compile("/ticker"));
        pointers.put(SignalField.SIZE_VALUE, JsonPointer.compile("/contracts"));
        pointers.put(SignalField.TIMEFRAME, JsonPointer.compile("/interval"));
        pointers.put(SignalField.REASONING, JsonPointer.compile("/comment"));
        // The unit of {{strategy.order.contracts}} is not in the message: it is a constant.
        pointers.remove(SignalField.SIZE_UNIT);
      }
    }
    return pointers;
  }

  private static Map<SignalField, JsonPointer> named(String base) {
    Map<SignalField, JsonPointer> pointers = new EnumMap<>(SignalField.class);
    Map.ofEntries(
            Map.entry(SignalField.TIMESTAMP, "/timestamp"),
            Map.entry(SignalField.ID, base + "/id"),
            Map.entry(SignalField.STRATEGY, base + "/strategy"),
            Map.entry(SignalField.PAIR, base + "/pair"),
            Map.entry(SignalField.ACTION, base + "/action"),
            Map.entry(SignalField.ORDER_TYPE, base + "/orderType"),
            Map.entry(SignalField.LIMIT_PRICE, base + "/limitPrice"),
            Map.entry(SignalField.ENTRY_ZONE_LOW, base + "/entryZone/low"),
            Map.entry(SignalField.ENTRY_ZONE_HIGH, base + "/entryZone/high"),
            Map.entry(SignalField.STOP_LOSS, base + "/stopLoss"),
            Map.entry(SignalField.TAKE_PROFITS, base + "/takeProfits"),
            Map.entry(SignalField.TAKE_PROFIT_PRICE, "/price"),
            Map.entry(SignalField.TAKE_PROFIT_SHARE, "/share"),
            Map.entry(SignalField.SIZE_UNIT, base + "/size/unit"),
            Map.entry(SignalField.SIZE_VALUE, base + "/size/value"),
            Map.entry(SignalField.CONFIDENCE, base + "/confidence"),
            Map.entry(SignalField.TIMEFRAME, base + "/timeframe"),
            Map.entry(SignalField.RISK_LEVEL, base + "/riskLevel"),
            Map.entry(SignalField.REASONING, base + "/reasoning"),
            Map.entry(SignalField.SEQUENCE, base + "/sequence"),
            Map.entry(SignalField.EXPIRES_AT, base + "/expiresAt"))
        .forEach((field, pointer) -> pointers.put(field, JsonPointer.compile(pointer)));
    return pointers;
  }

  /** Values the preset fixes. */
  Map<SignalField, String> constants() {
    return this == TRADINGVIEW ? Map.of(SignalField.SIZE_UNIT, "BASE") : Map.of();
  }

  /** Whether symbols may carry their exchange in front, {@code BINANCE:BTCUSDT}. */
  boolean symbolsNameTheirExchange() {
    return this == TRADINGVIEW;
  }

  static Optional<MappingPreset> find(String configured) {
    String wanted = configured.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(p -> p.name().equals(wanted)).findFirst();
  }
}
