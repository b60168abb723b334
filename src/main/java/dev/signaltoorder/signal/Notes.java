package dev.signaltoorder.signal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a sender says around the order: for rules and reviewers. */
record Notes(
    @Nullable String id,
    @Nullable BigDecimal confidence,
    @Nullable String timeframe,
    @Nullable String riskLevel,
    @Nullable String reasoning,
    @Nullable Long sequence) {

  private static final int ID_CHARACTERS_MAX = 128;
  private static final int LABEL_CHARACTERS_MAX = 32;
  private static final int REASONING_CHARACTERS_MAX = 4_000;

  static Notes read(PayloadReading reading, FieldValues values) {
    return new Notes(
        values.text(reading.find(SignalField.ID), ID_CHARACTERS_MAX, false),
        values.number(
            SignalField.CONFIDENCE, reading.find(SignalField.CONFIDENCE), NumberRange.ZERO_TO_ONE),
        values.text(reading.find(SignalField.TIMEFRAME), LABEL_CHARACTERS_MAX, false),
        values.text(reading.find(SignalField.RISK_LEVEL), LABEL_CHARACTERS_MAX, false),
        values.text(reading.find(SignalField.REASONING), REASONING_CHARACTERS_MAX, true),
        values.wholeNumber(SignalField.SEQUENCE, reading.find(SignalField.SEQUENCE)));
  }
}
