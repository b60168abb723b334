package dev.signaltoorder.kraken;

import java.util.Map;

/**
 * What QueryOrders shows. One order that cannot be read takes nothing from the others. An id that
 * is in neither map is unknown to Kraken.
 *
 * @param orders by txid, in Kraken's order
 * @param unreadable by txid, what is wrong with it
 */
public record QueriedOrders(Map<String, OrderInfo> orders, Map<String, String> unreadable) {}
