package dev.signaltoorder.signal;

import dev.signaltoorder.signal.PayloadReading.Located;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order a sender has in mind: the fields that name prices and quantities. */
record Terms(
    @Nullable OrderType orderType,
    @Nullable BigDecimal limitPrice,
    @Nullable EntryZone entryZone,
    @Nullable BigDecimal stopLoss,
    List<TakeProfit> takeProfits,
    @Nullable SignalSize size) {

  private static final int TAKE_PROFITS_MAX = 20;

  static Terms read(PayloadReading reading, FieldValues values) {
    return new Terms(
        values.oneOf(SignalField.ORDER_TYPE, reading.find(SignalField.ORDER_TYPE), OrderType.class),
        price(SignalField.LIMIT_PRICE, reading, values),
        entryZone(reading, values),
        price(SignalField.STOP_LOSS, reading, values),
        takeProfits(reading),
        size(reading, values));
  }

  /** A limit order that names no price: nobody may guess one. */
  boolean limitWithoutPrice() {
    return orderType == OrderType.LIMIT && limitPrice == null && entryZone == null;
  }

  private static @Nullable BigDecimal price(
      SignalField field, PayloadReading reading, FieldValues values) {
    return values.number(field, reading.find(field), NumberRange.POSITIVE);
  }

  private static @Nullable EntryZone entryZone(PayloadReading reading, FieldValues values) {
    Located low = reading.find(SignalField.ENTRY_ZONE_LOW);
    Located high = reading.find(SignalField.ENTRY_ZONE_HIGH);
    BigDecimal lowest = values.number(SignalField.ENTRY_ZONE_LOW, low, NumberRange.POSITIVE);
    BigDecimal highest = values.number(SignalField.ENTRY_ZONE_HIGH, high, NumberRange.POSITIVE);
    if ((low == null) != (high == null)) {
      SignalField missing = low == null ? SignalField.ENTRY_ZONE_LOW : SignalField.ENTRY_ZONE_HIGH;
      reading.add(reading.nameOf(missing), "is missing", "both edges of the zone or none");
      return null;
    }
    if (low == null || lowest == null || highest == null) {
      return null;
    }
    if (lowest.compareTo(highest) > 0) {
      reading.add(low.where(), "is above the zone's high", "low not above high");
      return null;
    }
    return new EntryZone(lowest, highest);
  }

  private static List<TakeProfit> takeProfits(PayloadReading reading) {
    Located found = reading.find(SignalField.TAKE_PROFITS);
    if (found == null) {
      return List.of();
    }
    if (found.value().isArray() && found.value().size() > TAKE_PROFITS_MAX) {
      reading.add(found.where(), "has " + found.value().size() + " targets", "at most 20 targets");
      return List.of();
    }
    List<TakeProfit> targets = new ArrayList<>();
    if (found.value().isArray()) {
      for (int i = 0; i < found.value().size(); i++) {
        addTarget(new Located(found.where() + "/" + i, found.value().get(i)), reading, targets);
      }
    } else {
      addTarget(found, reading, targets);
    }
    BigDecimal shares =
        targets.stream()
            .map(TakeProfit::share)
            .filter(share -> share != null)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (shares.compareTo(BigDecimal.ONE) > 0) {
      reading.add(
          found.where(), "has shares of " + shares.toPlainString() + " in sum", "at most 1 in sum");
    }
    return targets;
  }

  /** One target: an object with price and share, or a bare price. */
  private static void addTarget(Located element, PayloadReading reading, List<TakeProfit> targets) {
    Located price = element;
    BigDecimal share = null;
    if (element.value().isObject()) {
      PayloadReading inner = reading.within(element);
      price = inner.require(SignalField.TAKE_PROFIT_PRICE, NumberRange.POSITIVE.description());
      share =
          new FieldValues(inner)
              .number(
                  SignalField.TAKE_PROFIT_SHARE,
                  inner.find(SignalField.TAKE_PROFIT_SHARE),
                  NumberRange.SHARE);
    }
    BigDecimal target =
        new FieldValues(reading).number(SignalField.TAKE_PROFIT_PRICE, price, NumberRange.POSITIVE);
    if (target != null) {
      targets.add(new TakeProfit(target, share));
    }
  }

  private static @Nullable SignalSize size(PayloadReading reading, FieldValues values) {
    Located unitFound = reading.find(SignalField.SIZE_UNIT);
    Located valueFound = reading.find(SignalField.SIZE_VALUE);
    SignalSize.Unit unit = values.oneOf(SignalField.SIZE_UNIT, unitFound, SignalSize.Unit.class);
    boolean unitIsSent =
        unitFound != null && !reading.rules().constants().containsKey(SignalField.SIZE_UNIT);
    if (valueFound == null) {
      if (unitIsSent) {
        reading.add(reading.nameOf(SignalField.SIZE_VALUE), "is missing", "a value for the unit");
      }
      return null;
    }
    if (unitFound == null) {
      reading.add(
          reading.nameOf(SignalField.SIZE_UNIT),
          "is missing",
          "BASE, QUOTE, EQUITY_PERCENT, RISK_PERCENT");
      return null;
    }
    boolean percent =
        unit == SignalSize.Unit.EQUITY_PERCENT || unit == SignalSize.Unit.RISK_PERCENT;
    BigDecimal value =
        values.number(
            SignalField.SIZE_VALUE,
            valueFound,
            percent ? NumberRange.PERCENT : NumberRange.POSITIVE);
    return unit == null || value == null ? null : new SignalSize(unit, value);
  }
}
