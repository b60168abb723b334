package dev.signaltoorder.kraken;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of an account's fills, newest first.
 *
 * @param fills by Kraken's id of the fill
 * @param total how many there are in all; null where Kraken does not say
 */
public record TradesPage(Map<String, TradeFill> fills, @Nullable Integer total) {}
