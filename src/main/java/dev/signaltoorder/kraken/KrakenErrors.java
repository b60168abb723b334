package dev.signaltoorder.kraken;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Kraken's error texts mean: one row per known text. Extras may follow a known text after a
 * colon ("EGeneral:Internal error:5") and a space may follow the category ("EService: Throttled");
 * the longest fitting row counts. A text without a row may hide a placed order.
 */
public final class KrakenErrors {

  /** What an error in the answer to an AddOrder says of the order. */
  public enum AddOrderEffect {
    /** It created an order. */
    PLACED,
    /** This call created no order. */
    NOT_PLACED,
    /** It may have: look it up before anything else. */
    MAYBE_PLACED
  }

  /** What to do about an error. */
  public enum Action {
    /** This call's content is wrong or cannot be had; asking again changes nothing. */
    GIVE_UP,
    /** A person must change the key, the account or the configuration. */
    CALL_OPERATOR,
    /** No call with this key for a quarter of an hour. */
    STOP_CALLING,
    /** Fewer calls for a while. */
    BACK_OFF,
    /** Once more with a fresh nonce, if the call only reads. */
    NEW_NONCE,
    /** The pair's rules are stale. */
    RELOAD_PAIRS,
    /** Find out what happened. */
    LOOK_UP
  }

  /** How long to keep still before a call that only reads is made again. */
  public enum Pause {
    /** Not at all: the same call fails the same way, or may go at once. */
    NONE,
    /** Kraken's engine is in trouble: 1 s, doubling up to 60 s, for reads. */
    SERVICE,
    /** Too many calls: 5 s, doubling up to 60 s, for reads. */
    CALLS,
    /** Kraken names the second to wait for; at most 60 s, for reads. */
    NAMED,
    /** Until the trading counter of the pair has room, for orders on it. */
    PAIR_COUNTER,
    /** The key does not work: 60 s, doubling up to 15 min, for all calls with it. */
    KEY,
    /** 15 min, for all calls of the account. */
    LOCKOUT
  }

  /**
   * One known error.
   *
   * @param prefix the text, without a space after the category
   * @param meaning in a few words
   * @param effect for an AddOrder
   * @param action what to do
   * @param pause what must not be called for how long
   * @param source where Kraken's behaviour is described or was seen
   */
  public record Row(
      String prefix,
      String meaning,
      AddOrderEffect effect,
      Action action,
      Pause pause,
      String source) {

    /** A short name for metrics: the category, "EOrder", or "other". */
    public String category() {
      int colon = prefix.indexOf(':');
      return colon < 0 ? "other" : prefix.substring(0, colon);
    }
  }

  private static final Row UNLISTED =
      new Row(
          "",
          "a text that is not known here",
          AddOrderEffect.MAYBE_PLACED,
          Action.LOOK_UP,
          Pause.NONE,
          "no source: the careful reading");

  private KrakenErrors() {}

  /** All rows. */
  public static List<Row> rows() {
    return KrakenErrorRows.ALL;
  }

  /** The row for one of Kraken's error texts; a row with an empty prefix if it is not listed. */
  public static Row of(String error) {
    String text = withoutSpaceAfterCategory(error.strip());
    Row best = null;
    for (Row row : KrakenErrorRows.ALL) {
      if (fits(row, text) && longerThan(row, best)) {
        best = row;
      }
    }
    return best == null ? UNLISTED : best;
  }

  private static boolean fits(Row row, String text) {
    return text.startsWith(row.prefix())
        && (text.length() == row.prefix().length() || text.charAt(row.prefix().length()) == ':');
  }

  private static boolean longerThan(Row row, @Nullable Row best) {
    return best == null || row.prefix().length() > best.prefix().length();
  }

  private static String withoutSpaceAfterCategory(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? text
        : text.substring(0, colon + 1) + text.substring(colon + 1).stripLeading();
  }
}
