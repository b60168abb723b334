package dev.signaltoorder.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much of a limit is used now, for people. Decisions are made by the rules, from exact state.
 *
 * @param rule the rule's code
 * @param what is counted, in words
 * @param of which pair or quote asset; empty for the whole account
 * @param used null while it is not known
 * @param limit null while it is not known, as a share of an unknown equity
 * @param unit "USD", "orders"
 */
public record LimitUsage(
    String rule,
    String what,
    String of,
    @Nullable BigDecimal used,
    @Nullable BigDecimal limit,
    String unit) {}
