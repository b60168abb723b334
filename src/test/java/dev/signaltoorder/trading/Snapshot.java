package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All of an account's state that can be seen from outside, to compare two states with. */
record Snapshot(
    AccountStatus status,
    Map<UUID, Order> orders,
    Map<UUID, Fact.SignalReceived> undecided,
    Map<UUID, Set<UUID>> cancels,
    List<@Nullable BigDecimal> free,
    @Nullable BigDecimal equity,
    BigDecimal approvedToday,
    List<?> recentApprovals) {

  static Snapshot of(AccountState state) {
    Instant now = World.START;
    Map<UUID, Set<UUID>> cancels = new LinkedHashMap<>();
    state.cancels().forEach((id, orders) -> cancels.put(id, new LinkedHashSet<>(orders)));
    return new Snapshot(
        AccountStatus.of(
            "main",
            state,
            0,
            new ExchangeStatus("CLOSED", "0 of 0", false, false, 0, 0, null),
            new Overview(),
            now),
        new LinkedHashMap<>(state.liveOrders()),
        new LinkedHashMap<>(state.undecided()),
        cancels,
        java.util.Arrays.asList(
            state.holdings().free("ZUSD"),
            state.holdings().free("XXBT"),
            state.holdings().free("XETH")),
        state.holdings().equity("ZUSD"),
        state.approvals().notionalOf("ZUSD", now),
        state.approvals().within(Duration.ofHours(24), now));
  }
}
