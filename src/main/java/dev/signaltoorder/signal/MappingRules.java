package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one source's payload becomes a signal.
 *
 * @param pointers place of each field; a field without one is absent
 * @param constants values that stand whatever the payload says
 * @param translations by field: upper-case value of the sender to ours
 * @param quotes quote currencies to replace in pairs
 * @param symbolsNameTheirExchange whether {@code BINANCE:BTCUSDT} is cut to {@code BTCUSDT}
 * @param maxAge a signal expires this long after its event time; null: only as it says itself
 */
record MappingRules(
    Map<SignalField, JsonPointer> pointers,
    Map<SignalField, String> constants,
    Map<SignalField, Map<String, String>> translations,
    QuoteMap quotes,
    boolean symbolsNameTheirExchange,
    @Nullable Duration maxAge) {

  /** What senders call our actions, unless a source says otherwise. */
  static final Map<String, String> USUAL_ACTIONS = Map.of("LONG", "BUY", "SHORT", "SHORT");

  MappingRules {
    pointers = Map.copyOf(pointers);
    constants = Map.copyOf(constants);
    translations = Map.copyOf(translations);
  }

  /** The preset as it is shipped. */
  static MappingRules of(MappingPreset preset) {
    return new MappingRules(
        preset.pointers(),
        preset.constants(),
        Map.of(SignalField.ACTION, USUAL_ACTIONS),
        new QuoteMap(Map.of()),
        preset.symbolsNameTheirExchange(),
        null);
  }

  /** The sender's word in ours; a word without a translation stays as it is. */
  String translate(SignalField field, String value) {
    return translations
        .getOrDefault(field, Map.of())
        .getOrDefault(value.strip().toUpperCase(Locale.ROOT), value);
  }
}
