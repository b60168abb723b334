package dev.signaltoorder.kraken;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of ClosedOrders.
 *
 * @param orders by id, newest first; at most 50
 * @param count how many match in all, on all pages; null if Kraken does not say
 */
public record ClosedOrdersPage(Map<String, OrderInfo> orders, @Nullable Integer count) {}
