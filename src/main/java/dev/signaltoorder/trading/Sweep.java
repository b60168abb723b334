package dev.signaltoorder.trading;

/**
 * What a halt of CANCEL_ALL cancels beside the entries that are open: by itself nothing, because
 * stops and exits only make a position smaller.
 *
 * @param stops true cancels the stops that protect positions too; none is placed until a resume
 * @param exits true cancels sells by signals that rest, too
 */
public record Sweep(boolean stops, boolean exits) {
  /** Open entries, nothing else. */
  public static final Sweep ENTRIES = new Sweep(false, false);

  /** Both together: what one of them cancels. */
  Sweep and(Sweep other) {
    return new Sweep(stops || other.stops, exits || other.exits);
  }

  /** Behind the scope, where it is to be read: " with stops and exits", or nothing. */
  String words() {
    if (stops && exits) {
      return " with stops and exits";
    }
    return stops ? " with stops" : exits ? " with exits" : "";
  }
}
