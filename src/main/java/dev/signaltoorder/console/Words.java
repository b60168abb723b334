package dev.signaltoorder.console;

import dev.signaltoorder.trading.OrderStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** States and figures as people read them. A state from a newer program stands for itself. */
final class Words {
  static final String NOTHING = "–";

  private static final int SHOWN_DIGITS = 9;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  static String tradingState(String state) {
    return switch (state) {
      case "ACTIVE" -> "Trading";
      case "ENTRIES_HALTED" -> "Entries are halted";
      case "HALTED" -> "Halted";
      case "NOT_ARMED" -> "Not trading";
      default -> state;
    };
  }

  static String tradingTone(String state) {
    return switch (state) {
      case "ACTIVE" -> "good";
      case "ENTRIES_HALTED", "NOT_ARMED" -> "waiting";
      default -> "alarm";
    };
  }

  static String orderState(OrderStatus order) {
    return switch (order.state()) {
      case "Intended" -> "Being sent";
      case "Open" -> order.executed().signum() == 0 ? "Open at Kraken" : "Open, filled in part";
      case "InDoubt" -> "In doubt: it may be at Kraken and is looked for";
      case "Quarantined" -> "Quarantined: needs a person";
      default -> order.state();
    };
  }

  static String orderTone(String state) {
    return switch (state) {
      case "Open" -> "good";
      case "Intended" -> "waiting";
      default -> "alarm";
    };
  }

  /** What an order is for. */
  static String role(@Nullable String role) {
    return switch (role) {
      case null -> "The signal's own order";
      case "STOP" -> "Stop-loss";
      case "TAKE_PROFIT" -> "Take-profit";
      case "CLOSE" -> "Closes what cannot be protected";
      default -> role;
    };
  }

  static String protection(String state) {
    return switch (state) {
      case "PROTECTED" -> "Protected: a stop rests at Kraken";
      case "CHANGING" -> "The stop is being fitted";
      case "SELLING" -> "Being sold";
      case "TOO_SMALL" -> "No stop: less than Kraken takes as an order";
      case "IMPOSSIBLE" -> "The stop is not as it shall be: needs a person";
      case "NONE" -> "No stop-loss was asked for";
      default -> state;
    };
  }

  static String protectionTone(String state) {
    return switch (state) {
      case "PROTECTED" -> "good";
      case "CHANGING", "SELLING", "TOO_SMALL" -> "waiting";
      case "NONE" -> "quiet";
      default -> "alarm";
    };
  }

  static String breaker(String state) {
    return switch (state) {
      case "CLOSED" -> "Kraken answers";
      case "OPEN" -> "Most of the latest calls to Kraken failed: no entries are sent";
      case "HALF_OPEN" -> "Kraken is being tried again: no entries are sent yet";
      default -> state;
    };
  }

  /** "max-order-notional" as "Max order notional". */
  static String rule(String code) {
    String words = code.replace('-', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Plain, without trailing zeros, nine digits at least as exact as people need. */
  static String amount(@Nullable BigDecimal value) {
    if (value == null) {
      return NOTHING;
    }
    BigDecimal whole = value.setScale(0, java.math.RoundingMode.DOWN);
    MathContext digits = new MathContext(Math.max(SHOWN_DIGITS, whole.precision() + 2));
    BigDecimal shown = value.round(digits).stripTrailingZeros();
    return shown.signum() == 0 ? "0" : shown.toPlainString();
  }

  static String time(Instant time) {
    return SECONDS.format(time);
  }

  /** How long ago, in one unit: "12 seconds". */
  static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.isNegative()) {
      return "0 seconds";
    }
    if (age.toMinutes() < 2) {
      return counted(age.toSeconds(), "second");
    }
    if (age.toHours() < 2) {
      return counted(age.toMinutes(), "minute");
    }
    return age.toDays() < 2 ? counted(age.toHours(), "hour") : counted(age.toDays(), "day");
  }

  /** "1 order", "2 orders". */
  static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static String orNothing(@Nullable String text) {
    return text == null || text.isEmpty() ? NOTHING : text;
  }
}
