package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What texts a rule's parameter may have. */
public sealed interface ParameterType {

  /** What is wrong with the text, or null. Never throws. */
  @Nullable String problemOf(String text);

  /** What would be right, in words. */
  String allowed();

  /** In which direction a number makes its rule stricter. */
  enum Stricter {
    LOWER,
    HIGHER
  }

  /**
   * A plain decimal number: digits and at most one point, no sign, no exponent.
   *
   * @param unit "s", "%", "quote asset", ...
   * @param least smallest allowed
   * @param most largest allowed
   * @param stricter null when no direction is stricter
   */
  record Decimal(String unit, BigDecimal least, BigDecimal most, @Nullable Stricter stricter)
      implements ParameterType {

    private static final int CHARACTERS_MAX = 30;

    @Override
    public @Nullable String problemOf(String text) {
      BigDecimal value = parse(text);
      if (value == null) {
        return "is not a plain decimal number";
      }
      return value.compareTo(least) < 0 || value.compareTo(most) > 0 ? "is out of range" : null;
    }

    @Override
    public String allowed() {
      return Wording.number(least) + " to " + Wording.number(most) + " (" + unit + ")";
    }

    /** Null when the text is no plain decimal. */
    static @Nullable BigDecimal parse(String text) {
      int points = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '.') {
          points++;
        } else if (c < '0' || c > '9') {
          return null;
        }
      }
      boolean number = points <= 1 && text.length() > points && text.length() <= CHARACTERS_MAX;
      return number ? new BigDecimal(text) : null;
    }
  }

  /**
   * A whole number.
   *
   * @param unit "orders", ...
   */
  record Whole(String unit, int least, int most, Stricter stricter) implements ParameterType {

    @Override
    public @Nullable String problemOf(String text) {
      BigDecimal value = Decimal.parse(text);
      if (value == null || text.indexOf('.') >= 0) {
        return "is not a whole number";
      }
      boolean outside =
          value.compareTo(BigDecimal.valueOf(least)) < 0
              || value.compareTo(BigDecimal.valueOf(most)) > 0;
      return outside ? "is out of range" : null;
    }

    @Override
    public String allowed() {
      return least + " to " + most + " (" + unit + ")";
    }
  }

  /** Exactly one of some words. */
  record Choice(List<String> words) implements ParameterType {

    @Override
    public @Nullable String problemOf(String text) {
      return words.contains(text) ? null : "is not one of the allowed words";
    }

    @Override
    public String allowed() {
      return String.join(" or ", words);
    }
  }

  /** One or more of some words, comma separated. */
  record Choices(List<String> words) implements ParameterType {

    @Override
    public @Nullable String problemOf(String text) {
      return entries(text).allMatch(words::contains) ? null : "has an entry that is not allowed";
    }

    @Override
    public String allowed() {
      return "comma separated, of " + String.join(", ", words);
    }
  }

  /** One or more pairs by their modern names, comma separated. */
  record Pairs() implements ParameterType {

    @Override
    public @Nullable String problemOf(String text) {
      return entries(text).allMatch(Pairs::isPair) ? null : "has an entry that is not a pair";
    }

    @Override
    public String allowed() {
      return "comma separated modern names, such as BTC/USD";
    }

    static boolean isPair(String text) {
      int slash = text.indexOf('/');
      return slash > 0 && isAsset(text.substring(0, slash)) && isAsset(text.substring(slash + 1));
    }

    /** Letters and digits, as in "BTC", "AAPLx", "1INCH"; a point for ".B" and such suffixes. */
    static boolean isAsset(String text) {
      return !text.isEmpty()
          && text.chars().allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || c == '.');
    }
  }

  /** The trimmed entries of a comma separated list; an empty text has one empty entry. */
  static Stream<String> entries(String text) {
    return Stream.of(text.split(",", -1)).map(String::trim);
  }

  /** Entries for comparison without regard to case. */
  static List<String> upperCaseEntries(String text) {
    return entries(text).map(entry -> entry.toUpperCase(Locale.ROOT)).collect(Collectors.toList());
  }
}
