package dev.signaltoorder.paper;

/**
 * An asset as Kraken's Assets lists it.
 *
 * @param id key in balances, "XXBT"
 * @param altname "XBT"
 * @param decimals most decimals of a balance
 * @param displayDecimals decimals on screens
 */
record Asset(String id, String altname, int decimals, int displayDecimals) {}
