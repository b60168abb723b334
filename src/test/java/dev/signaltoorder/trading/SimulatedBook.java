package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.ClosedOrdersPage;
import dev.signaltoorder.kraken.OrderInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The simulated exchange's truth: its orders, their fills, the balances. Accepts the same client
 * order id twice, as the worst exchange would. A fresh order can be invisible for up to 45 s, in
 * rare lives for up to half an hour; one that closes is missing from both lists for up to 5 s.
 */
final class SimulatedBook {
  private static final int PAGE = 3;
  private static final BigDecimal FEE = new BigDecimal("0.0026");

  private final World world;
  private final Set<Breakage> broken;
  private final List<Booked> orders = new ArrayList<>();
  private final Map<String, BigDecimal> totals = new HashMap<>();
  private final Map<String, Integer> perMille = new HashMap<>();
  private final List<Happened> history = new ArrayList<>();
  private boolean hidOneForLong;
  private boolean closedOnesHidden;
  private boolean amendedBelowSold;

  /** One order at the exchange. */
  static final class Booked {
    final String txid;
    final AddOrderRequest request;
    final long mark;
    private BigDecimal volume;
    private BigDecimal price;
    private final Instant openedAt;
    private Instant endedAt = Instant.MAX;
    private final long visibleFromMicros;
    private long closedListFromMicros;
    private String status = "open";
    private BigDecimal executed = BigDecimal.ZERO;
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal fee = BigDecimal.ZERO;

    Booked(
        String txid, AddOrderRequest request, long mark, Instant openedAt, long visibleFromMicros) {
      this.openedAt = openedAt;
      this.txid = txid;
      this.request = request;
      this.mark = mark;
      this.volume = new BigDecimal(request.volume());
      this.price = request.price() == null ? BigDecimal.ONE : new BigDecimal(request.price());
      this.visibleFromMicros = visibleFromMicros;
    }

    BigDecimal executed() {
      return executed;
    }

    BigDecimal volume() {
      return volume;
    }

    BigDecimal left() {
      return volume.subtract(executed);
    }

    boolean isStop() {
      return request.orderType().equals("stop-loss");
    }

    /** Of a stop that has not triggered. */
    BigDecimal trigger() {
      return price;
    }

    boolean isOpen() {
      return status.equals("open");
    }

    OrderInfo info() {
      return new OrderInfo(
          txid,
          request.clientOrderId(),
          request.pair(),
          request.side(),
          status,
          volume,
          executed,
          cost,
          fee,
          executed.signum() == 0 ? BigDecimal.ZERO : price,
          null,
          openedAt,
          null);
    }
  }

  SimulatedBook(World world, Set<Breakage> broken) {
    this.world = world;
    this.broken = broken;
    totals.put("ZUSD", new BigDecimal("1000000"));
    totals.put("XXBT", new BigDecimal("0.01"));
    totals.put("XETH", new BigDecimal("0.2"));
  }

  /** Why Kraken refuses it now, or null. */
  @Nullable String refusal(AddOrderRequest request) {
    Instant now = world.now();
    if (now.isAfter(request.deadline()) && !broken.contains(Breakage.IGNORE_DEADLINE)) {
      return "EOrder:Deadline elapsed";
    }
    if (Duration.between(now, request.deadline()).compareTo(Duration.ofSeconds(60)) > 0) {
      return "EGeneral:Invalid arguments:deadline";
    }
    if (request.side().equals("sell")
        && free(base(request)).compareTo(new BigDecimal(request.volume())) < 0) {
      return "EOrder:Insufficient funds";
    }
    if (request.orderType().equals("stop-loss") && world.fault(0.2)) {
      return "EOrder:Trading agreement required";
    }
    if (world.fault(0.02)) {
      return "EAPI:Invalid nonce";
    }
    return world.fault(0.03) ? "EOrder:Rate limit exceeded" : null;
  }

  Booked accept(AddOrderRequest request) {
    long invisible = world.fault(0.2) ? world.between(1, 45_000) : world.between(0, 300);
    if (world.fault(0.008)) {
      hidOneForLong = true;
      invisible = world.between(90_000, 1_800_000);
    }
    Booked order =
        new Booked(
            "O" + (orders.size() + 1),
            request,
            world.mark(),
            world.now(),
            world.nowMicros() + invisible * 1_000);
    orders.add(order);
    happened(order);
    world.note(() -> "KRAKEN has " + order.txid + " for " + Simulation.shortId(request));
    if (order.isStop()) {
      triggerMaybe(order);
      return order;
    }
    boolean market = request.orderType().equals("market");
    if (market) {
      order.price = bid(request.pair());
    }
    boolean immediate = market || "IOC".equals(request.timeInForce());
    long share = world.between(0, 9);
    if (immediate) {
      fill(order, share < 6 ? 10 : share < 8 ? share - 3 : 0);
      close(order, order.executed.compareTo(order.volume) == 0 ? "closed" : "canceled");
    } else {
      world.inMillis(world.between(10, 40_000), () -> rest(order, share));
    }
    return order;
  }

  /** A resting order is filled in part, then ends: filled, or expired. */
  private void rest(Booked order, long share) {
    if (order.isOpen()) {
      fill(order, share);
      world.inMillis(
          world.between(10, 90_000),
          () -> {
            if (order.isOpen()) {
              fill(order, share < 5 ? 10 : share);
              boolean all = order.executed.compareTo(order.volume) == 0;
              close(order, all ? "closed" : "expired");
            }
          });
    }
  }

  private void fill(Booked order, long tenths) {
    BigDecimal executed =
        order
            .volume
            .multiply(BigDecimal.valueOf(tenths))
            .divide(BigDecimal.TEN, 8, RoundingMode.DOWN);
    BigDecimal more = executed.subtract(order.executed);
    if (more.signum() <= 0) {
      return;
    }
    boolean buy = order.request.side().equals("buy");
    BigDecimal cost = more.multiply(order.price);
    BigDecimal fee = cost.multiply(FEE);
    order.executed = executed;
    order.cost = order.cost.add(cost);
    order.fee = order.fee.add(fee);
    happened(order);
    totals.merge(base(order.request), buy ? more : more.negate(), BigDecimal::add);
    totals.merge("ZUSD", (buy ? cost.negate() : cost).subtract(fee), BigDecimal::add);
    world.note(() -> "KRAKEN " + order.txid + " executed " + executed);
  }

  private void close(Booked order, String status) {
    order.status = status;
    happened(order);
    order.endedAt = world.now();
    long gap = world.fault(0.2) ? world.between(0, 5_000) : 0;
    order.closedListFromMicros = Math.max(order.visibleFromMicros, world.nowMicros() + gap * 1_000);
    world.note(() -> "KRAKEN " + order.txid + " is " + status);
  }

  /**
   * An order is another one than before, at this moment of all that happened.
   *
   * @param price of a stop that has not sold: its trigger
   */
  record Happened(
      long atMicros,
      String clientOrderId,
      boolean open,
      boolean stop,
      BigDecimal volume,
      BigDecimal executed,
      BigDecimal price) {}

  private void happened(Booked order) {
    history.add(
        new Happened(
            world.nowMicros(),
            order.request.clientOrderId(),
            order.isOpen(),
            order.isStop(),
            order.volume,
            order.executed,
            order.price));
  }

  List<Happened> history() {
    return history;
  }

  BigDecimal bid(String altname) {
    boolean btc = altname.equals("XBTUSD");
    BigDecimal usual = new BigDecimal(btc ? "49990.0" : "2499.50");
    return usual
        .multiply(BigDecimal.valueOf(perMille.getOrDefault(altname, 1_000)))
        .movePointLeft(3)
        .setScale(btc ? 1 : 2, RoundingMode.HALF_UP);
  }

  /** The price moves; what it touches sells. */
  void move(String altname, int byPerMille) {
    int now = perMille.getOrDefault(altname, 1_000) + byPerMille;
    perMille.put(altname, Math.max(850, Math.min(1_150, now)));
    world.note(() -> "KRAKEN " + altname + " is at " + bid(altname));
    for (Booked order : List.copyOf(orders)) {
      triggerMaybe(order);
    }
  }

  /** A stop sells at the market, and what a thin book does not take is cancelled. */
  private void triggerMaybe(Booked order) {
    boolean touched =
        order.isOpen()
            && order.isStop()
            && order.executed.signum() == 0
            && bid(order.request.pair()).compareTo(order.price) <= 0;
    if (touched) {
      order.price = bid(order.request.pair());
      boolean thin = world.fault(0.2);
      fill(order, thin ? world.between(1, 9) : 10);
      if (thin && order.executed.signum() > 0 && world.chance(0.5)) {
        world.inMillis(
            world.between(100, 20_000),
            () -> {
              // It may have been cancelled meanwhile.
              if (order.isOpen()) {
                fill(order, 10);
                close(order, "closed");
              }
            });
      } else {
        close(order, order.left().signum() == 0 ? "closed" : "canceled");
      }
    }
  }

  /** Null when it was changed, else why not. */
  @Nullable String amend(String txid, BigDecimal volume, BigDecimal trigger, Instant deadline) {
    Booked order = null;
    for (Booked each : orders) {
      order = each.txid.equals(txid) && each.isOpen() ? each : order;
    }
    if (world.now().isAfter(deadline)) {
      return "EOrder:Deadline elapsed";
    }
    if (order == null) {
      return "EOrder:Unknown order";
    }
    if (world.fault(0.05)) {
      return "EOrder:Rate limit exceeded";
    }
    if (volume.compareTo(order.executed) <= 0) {
      amendedBelowSold |= volume.compareTo(order.executed) < 0;
      close(order, "canceled");
      return null;
    }
    BigDecimal more = volume.subtract(order.volume);
    if (more.compareTo(free(base(order.request))) > 0) {
      return "EOrder:Insufficient funds";
    }
    order.volume = volume;
    if (order.executed.signum() == 0) {
      order.price = trigger;
    }
    happened(order);
    world.note(() -> "KRAKEN " + txid + " is amended to " + volume + " at " + trigger);
    triggerMaybe(order);
    return null;
  }

  int cancel(String txid) {
    for (Booked order : orders) {
      if (order.txid.equals(txid) && order.isOpen()) {
        close(order, "canceled");
        return 1;
      }
    }
    return 0;
  }

  Map<String, OrderInfo> openOrders(@Nullable String clientOrderId) {
    Map<String, OrderInfo> shown = new LinkedHashMap<>();
    shown(clientOrderId, true).forEach(order -> shown.put(order.txid, order.info()));
    return shown;
  }

  /** Newest first, few on a page. */
  ClosedOrdersPage closedOrders(
      @Nullable String clientOrderId, @Nullable Instant since, int offset) {
    List<Booked> found = closedOnesHidden ? List.of() : shown(clientOrderId, false);
    List<Booked> inTime =
        found.stream()
            .filter(order -> since == null || order.endedAt.isAfter(since))
            .sorted(Comparator.comparing((Booked order) -> order.endedAt).reversed())
            .toList();
    Map<String, OrderInfo> page = new LinkedHashMap<>();
    inTime.stream().skip(offset).limit(PAGE).forEach(order -> page.put(order.txid, order.info()));
    return new ClosedOrdersPage(page, inTime.size());
  }

  /** The key sees no order that is over. */
  void hideClosedOnes() {
    closedOnesHidden = true;
  }

  /** Longer than silence is waited for. */
  boolean hidOneForLong() {
    return hidOneForLong;
  }

  /** A stop that was selling was made smaller than what it had sold: answered as any change is. */
  boolean amendedBelowSold() {
    return amendedBelowSold;
  }

  private List<Booked> shown(@Nullable String clientOrderId, boolean open) {
    List<Booked> shown = new ArrayList<>();
    for (Booked order : orders) {
      long from = open ? order.visibleFromMicros : order.closedListFromMicros;
      if (order.isOpen() == open
          && world.nowMicros() >= from
          && (clientOrderId == null || order.request.clientOrderId().equals(clientOrderId))) {
        shown.add(order);
      }
    }
    return shown;
  }

  Map<String, OrderInfo> query(List<String> txids) {
    Map<String, OrderInfo> shown = new HashMap<>();
    for (Booked order : orders) {
      if (txids.contains(order.txid) && world.nowMicros() >= order.visibleFromMicros) {
        shown.put(order.txid, order.info());
      }
    }
    return shown;
  }

  Map<String, AssetBalance> balances() {
    Map<String, AssetBalance> balances = new HashMap<>();
    totals.forEach((asset, total) -> balances.put(asset, new AssetBalance(total, held(asset))));
    return balances;
  }

  private BigDecimal held(String asset) {
    BigDecimal held = BigDecimal.ZERO;
    for (Booked order : orders) {
      if (order.isOpen()) {
        BigDecimal left = order.volume.subtract(order.executed);
        boolean buy = order.request.side().equals("buy");
        if (asset.equals(buy ? "ZUSD" : base(order.request))) {
          held = held.add(buy ? left.multiply(order.price) : left);
        }
      }
    }
    return held;
  }

  BigDecimal free(String asset) {
    return totals.getOrDefault(asset, BigDecimal.ZERO).subtract(held(asset));
  }

  private static String base(AddOrderRequest request) {
    return request.pair().equals("XBTUSD") ? "XXBT" : "XETH";
  }

  /** Whether this stop rests here, as it is known there. */
  boolean rests(Order order) {
    for (Booked each : orders) {
      if (each.txid.equals(order.txid().orElse(""))) {
        return each.isOpen() && each.volume.compareTo(order.intent().plan().volume()) == 0;
      }
    }
    return false;
  }

  /** Other than stops, which rest for as long as there is a position. */
  boolean anyOpen() {
    return orders.stream().anyMatch(order -> order.isOpen() && !order.isStop());
  }

  List<Booked> orders() {
    return orders;
  }
}
