package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.ClosedOrdersPage;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.QueriedOrders;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the simulated exchange and back: requests and replies are delayed, lost or overtaken
 * independently of the process that made them. What has begun arrives even if its process dies.
 */
final class SimulatedExchange {
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final String LOCKED = "EGeneral:Temporary lockout";

  private final World world;
  private final Set<Breakage> broken;
  private final SimulatedBook book;
  private final List<Begun> begun = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final Map<String, Long> refused = new HashMap<>();
  private boolean lookUpsDown;
  private boolean lookUpsWereDown;
  private boolean historyLimited;
  private long awayUntilMicros = -1;
  private long lockedUntilMicros = -1;
  private int callsWhileLocked;
  private String status = "online";

  /** An AddOrder whose bytes went out. */
  record Begun(long mark, long atMicros, AddOrderRequest request) {
    String clientOrderId() {
      return request.clientOrderId();
    }
  }

  /** A call about orders of ours, by our ids or Kraken's, and how long it took. */
  static final class Made {
    private final Set<String> orders;
    private final long fromMicros;
    private long untilMicros = Long.MAX_VALUE;

    Made(Set<String> orders, long fromMicros) {
      this.orders = orders;
      this.fromMicros = fromMicros;
    }

    boolean isAbout(Set<String> ids) {
      return orders.stream().anyMatch(ids::contains);
    }

    long fromMicros() {
      return fromMicros;
    }

    /** The end of time while it is out. */
    long untilMicros() {
      return untilMicros;
    }
  }

  SimulatedExchange(World world, Set<Breakage> broken) {
    this.world = world;
    this.broken = broken;
    this.book = new SimulatedBook(world, broken);
  }

  /** Whatever asks for an order by its client id gets no answer. */
  void lookUpsDown(boolean down) {
    lookUpsDown = down;
    lookUpsWereDown |= down;
  }

  boolean lookUpsAreDown() {
    return lookUpsDown;
  }

  boolean lookUpsWereDown() {
    return lookUpsWereDown;
  }

  /** Nothing gets through, in either direction. */
  void goAway(long millis) {
    world.note(() -> "KRAKEN is away for " + millis + " ms");
    awayUntilMicros = world.nowMicros() + millis * 1_000;
    lookUpsWereDown |= millis > 300_000;
  }

  /** Every call from now on is refused, and prolongs it; until 15 minutes without a call. */
  void lockOut() {
    world.note(() -> "KRAKEN locks the account out");
    lockedUntilMicros = world.nowMicros() + 15 * 60_000_000L;
  }

  void status(String now) {
    world.note(() -> "KRAKEN is " + now);
    status = now;
  }

  String status() {
    return status;
  }

  /** Calls that came though the account was locked out. */
  int callsWhileLocked() {
    return callsWhileLocked;
  }

  private boolean isAway() {
    return world.nowMicros() < awayUntilMicros;
  }

  private boolean refusesAll() {
    if (world.nowMicros() >= lockedUntilMicros) {
      return false;
    }
    callsWhileLocked++;
    lockedUntilMicros = world.nowMicros() + 15 * 60_000_000L;
    return true;
  }

  private CallOutcome lockout() {
    return broken.contains(Breakage.CALL_THROUGH_LOCKOUTS)
        ? Samples.noReply()
        : Samples.reply("{\"error\":[\"EGeneral:Temporary lockout\"]}");
  }

  void historyLimited() {
    historyLimited = true;
    book.hideClosedOnes();
  }

  /** From the moment the permit was given. */
  void addOrder(
      AddOrderRequest request,
      Supplier<Instant> clock,
      BiConsumer<CallRecord, AddOrderVerdict> done) {
    begun.add(new Begun(world.mark(), world.nowMicros(), request));
    Made call = made(Set.of(request.clientOrderId()));
    Instant startedAt = clock.get();
    boolean late = world.fault(0.08);
    long there =
        late
            ? world.between(1_000, broken.contains(Breakage.IGNORE_DEADLINE) ? 400_000 : 90_000)
            : world.between(5, 300);
    boolean lostThere = world.fault(0.05) || isAway();
    boolean lostBack = world.fault(0.08);
    boolean garbled = world.fault(0.04);
    world.note(
        () ->
            "AddOrder begins "
                + Simulation.shortId(request)
                + (lostThere ? ", request will be lost" : ", arrives in " + there + " ms")
                + (lostBack ? ", reply will be lost" : "")
                + (garbled ? ", reply will be garbled" : ""));
    OneAnswer<AddOrderVerdict> answer =
        new OneAnswer<>(
            (outcome, verdict) -> {
              call.untilMicros = world.nowMicros();
              done.accept(record("AddOrder", startedAt, outcome), verdict);
            });
    if (!lostThere) {
      world.inMillis(
          there,
          () -> {
            if (refusesAll()) {
              answer.give(lockout(), new AddOrderVerdict.NotPlaced(LOCKED, true));
              return;
            }
            AddOrderVerdict verdict = take(request);
            if (!lostBack && !isAway()) {
              AddOrderVerdict read =
                  garbled ? new AddOrderVerdict.MaybePlaced("EService:Unavailable") : verdict;
              world.inMillis(
                  world.between(5, 300), () -> answer.give(Samples.reply("{\"error\":[]}"), read));
            }
          });
    }
    world.inMillis(
        TIMEOUT_MILLIS,
        () -> answer.give(Samples.noReply(), new AddOrderVerdict.MaybePlaced("no answer")));
  }

  private Made made(Set<String> orders) {
    Made call = new Made(orders, world.nowMicros());
    made.add(call);
    return call;
  }

  private <T> Consumer<Answer<T>> made(Set<String> orders, Consumer<Answer<T>> done) {
    Made call = made(orders);
    return answer -> {
      call.untilMicros = world.nowMicros();
      done.accept(answer);
    };
  }

  /** At the exchange: at once, or stuck inside it for a while before it is looked at. */
  private AddOrderVerdict take(AddOrderRequest request) {
    if (world.fault(0.05)) {
      world.note(() -> "KRAKEN is slow to take " + Simulation.shortId(request));
      world.inMillis(world.between(100, 12_000), () -> takeNow(request));
      return new AddOrderVerdict.MaybePlaced("EGeneral:Internal error");
    }
    return takeNow(request);
  }

  private AddOrderVerdict takeNow(AddOrderRequest request) {
    String refusal =
        status.equals("online") ? book.refusal(request) : "EService:Market in " + status + " mode";
    if (refusal != null) {
      world.note(() -> "KRAKEN refuses " + Simulation.shortId(request) + ": " + refusal);
      refused.put(request.clientOrderId(), world.nowMicros());
      return new AddOrderVerdict.NotPlaced(refusal, true);
    }
    return new AddOrderVerdict.Placed(book.accept(request).txid);
  }

  /** As the real client does. */
  void lookUp(Search search, Supplier<Instant> clock, Consumer<Findings> done) {
    ListReading.read(
        new Lists(clock),
        broken.contains(Breakage.ASK_ONLY_FOR_THE_LAST_MINUTE) ? sinceLately(search) : search,
        found ->
            done.accept(
                broken.contains(Breakage.TAKE_ONE_PAGE_FOR_ALL)
                    ? new Findings(
                        found.open(),
                        found.closed().subList(0, Math.min(1, found.closed().size())),
                        true)
                    : found));
  }

  private Search sinceLately(Search search) {
    return search instanceof Search.All all
        ? new Search.All(world.now().minusSeconds(60), all.mostPages())
        : search;
  }

  private final class Lists implements ListReading.Lists {
    private final Supplier<Instant> clock;

    Lists(Supplier<Instant> clock) {
      this.clock = clock;
    }

    @Override
    public void open(
        @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
      read("OpenOrders", lookUpsDown ? 1 : 0.15, clock, () -> book.openOrders(clientOrderId), done);
    }

    @Override
    public void closed(
        @Nullable String clientOrderId,
        @Nullable Instant since,
        int offset,
        Consumer<Answer<ClosedOrdersPage>> done) {
      read(
          "ClosedOrders", 0.15, clock, () -> book.closedOrders(clientOrderId, since, offset), done);
    }
  }

  void follow(List<String> txids, Supplier<Instant> clock, Consumer<Answer<QueriedOrders>> done) {
    read(
        "QueryOrders",
        0.1,
        clock,
        () -> new QueriedOrders(book.query(txids), Map.of()),
        made(Set.copyOf(txids), done));
  }

  /** Kraken's own text is a failure of its own; on the way it can be lost like every call. */
  void amend(Effect.Amend amend, Supplier<Instant> clock, Consumer<Answer<String>> done) {
    Consumer<Answer<String>> over = made(Set.of(amend.txid()), done);
    this.<java.util.Optional<String>>read(
        "AmendOrder",
        0.15,
        clock,
        () ->
            java.util.Optional.ofNullable(
                status.equals("online")
                    ? book.amend(amend.txid(), amend.volume(), amend.stop(), amend.deadline())
                    : "EService:Market in " + status + " mode"),
        answer -> {
          switch (answer) {
            case Answer.Success<java.util.Optional<String>> success ->
                over.accept(
                    success.value().isEmpty()
                        ? new Answer.Success<>(success.call(), "TAMEND", List.of())
                        : new Answer.Failure<>(
                            success.call(), success.value().orElseThrow(), true));
            case Answer.Failure<java.util.Optional<String>> failure ->
                over.accept(
                    new Answer.Failure<>(failure.call(), failure.error(), failure.fromKraken()));
          }
        });
  }

  void cancel(String txid, Supplier<Instant> clock, Consumer<Answer<Integer>> done) {
    read("CancelOrder", 0.1, clock, () -> book.cancel(txid), made(Set.of(txid), done));
  }

  void balances(
      Set<String> quoteAssets,
      Supplier<Instant> clock,
      BiConsumer<Answer<Map<String, AssetBalance>>, Map<String, Answer<BigDecimal>>> done) {
    this.<Map<String, AssetBalance>>read(
        "BalanceEx",
        0.1,
        clock,
        book::balances,
        balances -> {
          Map<String, Answer<BigDecimal>> equity = new HashMap<>();
          for (String asset : quoteAssets) {
            CallRecord call = record("TradeBalance", clock.get(), Samples.reply("{\"error\":[]}"));
            equity.put(asset, new Answer.Success<>(call, new BigDecimal("1000000"), List.of()));
          }
          done.accept(balances, equity);
        });
  }

  void fees(Supplier<Instant> clock, Consumer<Answer<FeeRates>> done) {
    this.<FeeRates>read(
        "TradeVolume",
        0.1,
        clock,
        () ->
            new FeeRates(
                "ZUSD",
                new BigDecimal("12000"),
                Map.of("XXBTZUSD", new BigDecimal("0.26"), "XETHZUSD", new BigDecimal("0.26")),
                Map.of("XXBTZUSD", new BigDecimal("0.16"), "XETHZUSD", new BigDecimal("0.16"))),
        done);
  }

  void checkKeys(Supplier<Instant> clock, Consumer<Message.KeyCheckFinished> done) {
    this.<Boolean>read(
        "GetApiKeyInfo",
        0.1,
        clock,
        () -> historyLimited,
        answer -> {
          boolean limited =
              answer instanceof Answer.Success<Boolean> success
                  && success.value()
                  && !broken.contains(Breakage.CONCLUDE_THOUGH_HISTORY_IS_HIDDEN);
          boolean answered = answer instanceof Answer.Success<Boolean>;
          done.accept(
              new Message.KeyCheckFinished(
                  List.of(answer.call()),
                  answered,
                  "abcdef012345",
                  answered ? List.of() : List.of("not checked"),
                  List.of(),
                  limited));
        });
  }

  /** A call that may be lost on the way there or back; both look the same from here. */
  private <T> void read(
      String endpoint,
      double lost,
      Supplier<Instant> clock,
      Supplier<T> atKraken,
      Consumer<Answer<T>> done) {
    Instant startedAt = clock.get();
    boolean lostThere = lost >= 1 || world.fault(lost / 2) || isAway();
    boolean lostBack = world.fault(lost / 2);
    if (lostThere) {
      world.inMillis(world.between(10, TIMEOUT_MILLIS), () -> fail(endpoint, startedAt, done));
      return;
    }
    world.inMillis(
        world.between(5, 300),
        () -> {
          if (refusesAll()) {
            CallRecord call = record(endpoint, startedAt, lockout());
            done.accept(new Answer.Failure<>(call, LOCKED, true));
            return;
          }
          T value = atKraken.get();
          if (lostBack) {
            world.inMillis(
                world.between(10, TIMEOUT_MILLIS), () -> fail(endpoint, startedAt, done));
          } else {
            world.inMillis(
                world.fault(0.05) ? world.between(300, 9_000) : world.between(5, 300),
                () ->
                    done.accept(
                        new Answer.Success<>(
                            record(endpoint, startedAt, Samples.reply("{\"error\":[]}")),
                            value,
                            List.of())));
          }
        });
  }

  private <T> void fail(String endpoint, Instant startedAt, Consumer<Answer<T>> done) {
    CallRecord call = record(endpoint, startedAt, Samples.noReply());
    done.accept(new Answer.Failure<>(call, "no answer", false));
  }

  private CallRecord record(String endpoint, Instant startedAt, CallOutcome outcome) {
    return Samples.call(world.id(), endpoint, startedAt, outcome);
  }

  SimulatedBook book() {
    return book;
  }

  List<Begun> begun() {
    return begun;
  }

  /** Calls about orders of ours, except look-ups, as they began. */
  List<Made> made() {
    return made;
  }

  /** When an order was refused, by our ids; microseconds. */
  Map<String, Long> refused() {
    return refused;
  }

  /** Reply or time-out, whichever comes first. */
  private static final class OneAnswer<V> {
    private final BiConsumer<CallOutcome, V> done;
    private boolean given;

    OneAnswer(BiConsumer<CallOutcome, V> done) {
      this.done = done;
    }

    void give(CallOutcome outcome, V verdict) {
      if (!given) {
        given = true;
        done.accept(outcome, verdict);
      }
    }
  }
}
