package dev.signaltoorder.console;

import dev.signaltoorder.report.PageFrames;
import dev.signaltoorder.report.Section;
import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.OrderStatus;
import dev.signaltoorder.trading.ProtectionStatus;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What is held, how it is protected, and which orders are not over yet. */
@Path("/console/positions")
@RolesAllowed({"reviewer", "operator"})
class PositionsPage {
  private final Standing standing;
  private final PageFrames frames;

  PositionsPage(Standing standing, PageFrames frames) {
    this.standing = standing;
    this.frames = frames;
  }

  @GET
  @Blocking
  @Produces(MediaType.TEXT_HTML)
  public String page() {
    boolean stories = frames.maySeeStories();
    return Pages.positions(
            new PositionsView(
                frames.frame(Section.POSITIONS),
                standing.accounts().stream().map(seen -> account(seen, stories)).toList(),
                standing.unknown()))
        .render();
  }

  private static PositionsView.Account account(Standing.Seen seen, boolean stories) {
    AccountStatus status = seen.status();
    int live = status.ordersByState().values().stream().mapToInt(Integer::intValue).sum();
    int hidden = live - status.orders().size();
    return new PositionsView.Account(
        status.account(),
        "account-" + status.account(),
        Words.tradingTone(status.tradingState()),
        Words.tradingState(status.tradingState()),
        status.reason() == null ? "" : status.reason(),
        seen.told(),
        alarms(status),
        positions(status),
        status.orders().stream().map(order -> order(order, stories)).toList(),
        hidden > 0 ? Words.counted(hidden, "older order") + " not listed here." : "");
  }

  static List<String> alarms(AccountStatus status) {
    List<String> alarms = new ArrayList<>();
    int quarantined = status.ordersByState().getOrDefault("Quarantined", 0);
    if (quarantined > 0) {
      alarms.add(
          Words.counted(quarantined, "order")
              + " quarantined: nobody knows whether it is at Kraken. A person has to look and settle"
              + " it under Operations.");
    }
    int doubtful = status.ordersByState().getOrDefault("InDoubt", 0);
    if (doubtful > 0) {
      alarms.add(
          Words.counted(doubtful, "order")
              + " in doubt: being looked for at Kraken. Nothing is sent again; it counts in all"
              + " limits until it is settled.");
    }
    for (ProtectionStatus guard : status.protections()) {
      if (guard.state().equals("IMPOSSIBLE")) {
        alarms.add(
            "The stop of the position of %s in %s is missing or not as it shall be, and tries to change that fail."
                .formatted(guard.strategy(), guard.pair()));
      }
    }
    if (status.invariantViolations() > 0) {
      alarms.add(
          "Something was seen that must never be, "
              + Words.counted(status.invariantViolations(), "time")
              + " so far: look for invariant-violated in the journal.");
    }
    return alarms;
  }

  private static List<PositionsView.Position> positions(AccountStatus status) {
    List<PositionsView.Position> positions = new ArrayList<>();
    status
        .positions()
        .forEach(
            (pair, strategies) ->
                strategies.forEach(
                    (strategy, volume) -> positions.add(position(status, pair, strategy, volume))));
    return positions;
  }

  private static PositionsView.Position position(
      AccountStatus status, String pair, String strategy, BigDecimal volume) {
    for (ProtectionStatus guard : status.protections()) {
      if (guard.pair().equals(pair) && guard.strategy().equals(strategy)) {
        return new PositionsView.Position(
            pair,
            strategy,
            Words.amount(volume),
            Words.amount(guard.stop()),
            Words.protectionTone(guard.state()),
            Words.protection(guard.state()),
            guard.targets().stream().map(PositionsPage::target).toList());
      }
    }
    return new PositionsView.Position(
        pair,
        strategy,
        Words.amount(volume),
        Words.NOTHING,
        "quiet",
        Words.protection("NONE"),
        List.of());
  }

  private static String target(ProtectionStatus.Target target) {
    return target.reached()
        ? "%s sold at %s: done"
            .formatted(Words.amount(target.volume()), Words.amount(target.price()))
        : "%s sold in all once the price is at %s"
            .formatted(Words.amount(target.volume()), Words.amount(target.price()));
  }

  private static PositionsView.Order order(OrderStatus order, boolean stories) {
    return new PositionsView.Order(
        stories ? "/audit/signals/" + order.signalId() : "",
        order.since().toString(),
        Words.time(order.since()),
        order.side().equals("BUY") ? "Buy" : "Sell",
        order.pair(),
        order.strategy(),
        Words.role(order.role()),
        price(order),
        Words.amount(order.volume()),
        Words.amount(order.executed()),
        Words.amount(order.notional())
            + " "
            + order.pair().substring(order.pair().indexOf('/') + 1),
        Words.orderTone(order.state()),
        Words.orderState(order),
        order.why() == null ? "" : order.why(),
        Words.orNothing(order.txid()));
  }

  private static String price(OrderStatus order) {
    if (order.trigger() != null) {
      return "stop at " + Words.amount(order.trigger());
    }
    return order.limitPrice() == null ? "at market" : "limit " + Words.amount(order.limitPrice());
  }
}
