package dev.signaltoorder.paper;

/**
 * An asset as Kraken's Assets lists it.
 *
 * @param id key in balances, "XXBT"
 * @param altname "XBT"
 * @param decimals most decimals of a balance
 * @param displayDecimals decimals on screens
 */
record Asset(String id, String altname, int decimals, int displayDecimals) {

  /** The name used by the websocket and by modern pair names: only two differ from the altname. */
  String symbol() {
    return switch (altname) {
      case "XBT" -> "BTC";
      case "XDG" -> "DOGE";
      default -> altname;
    };
  }
}
