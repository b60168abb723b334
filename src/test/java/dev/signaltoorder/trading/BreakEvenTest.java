package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The stop moves to where selling what is held brings back what it has cost, all fees included.
 * Buys of these tests cost 0.26 % in fees; the tick is 0.1.
 */
class BreakEvenTest {
  private static final BigDecimal STOP = new BigDecimal("49000.0");
  private static final BigDecimal BOUGHT = new BigDecimal("0.0009998");
  private static final BigDecimal BUY_WITH_FEE = new BigDecimal("1.0026");

  private final CoreUnderTest core = core();

  private static CoreUnderTest core() {
    var rules = Samples.generousRules("IOC");
    // Prices of these tests are moved.
    Samples.set(rules, "price-move", "limit", "100");
    return CoreUnderTest.serving(
        Samples.ruleSet(rules),
        CorePolicy.standard().with(new ProtectionPolicy(false, 3, BigDecimal.TWO, null)));
  }

  /** Bought for 50 USD at this ask, filled there, and protected. */
  private Fact.OrderIntended entered(String bid, String price) {
    Signal signal = Samples.protectedBy(core.signal(Action.BUY), STOP, List.of());
    core.arrives("msg-" + core.id(), "body", signal, price(bid));
    Fact.OrderIntended entry = core.lastIntent();
    filled(entry, price);
    return entry;
  }

  private void filled(Fact.OrderIntended order, String price) {
    String txid = "O" + order.orderId();
    String volume = order.intent().plan().volume().toPlainString();
    core.addOrder(order.orderId(), new AddOrderVerdict.Placed(txid));
    core.followed(Samples.info(txid, order.orderId().toString(), "closed", volume, price, volume));
  }

  private void stopRests() {
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.Placed("OSTOP"));
  }

  private void amended() {
    Effect.Amend asked = core.last(Effect.Amend.class);
    core.step(
        new Message.AmendFinished(
            asked.orderId(), asked.deadline(), core.success("AmendOrder", "TAMEND")));
  }

  private void feeIs(String taker) {
    Map<String, BigDecimal> rates = Map.of("XXBTZUSD", new BigDecimal(taker));
    core.step(
        new Message.FeesAnswered(
            core.success(
                "TradeVolume", new FeeRates("ZUSD", new BigDecimal("12000"), rates, rates))));
  }

  private void bidIs(String bid) {
    core.step(new Message.PriceSeen("BTC/USD", price(bid)));
  }

  private MarketView price(String bid) {
    return Samples.market(Samples.BTC, core.now(), core.id(), "online", new BigDecimal(bid));
  }

  @Test
  void inProfitTheStopMovesToWhereNothingIsLostThoughBothFeesArePaid() {
    entered("49990.0", "50010.0");
    stopRests();
    feeIs("0.40");

    // 50 010 x 1.0026 / 0.996 = 50 341.4
    bidIs("51348.2");
    assertThat(core.effects(Effect.Amend.class)).isEmpty();
    bidIs("51348.3");

    BigDecimal stop = core.last(Effect.Amend.class).stop();
    assertThat(stop).isEqualByComparingTo("50341.4");
    BigDecimal paid = BOUGHT.multiply(new BigDecimal("50010")).multiply(BUY_WITH_FEE);
    BigDecimal got = BOUGHT.multiply(stop).multiply(new BigDecimal("0.996"));
    assertThat(got).isGreaterThanOrEqualTo(paid);
    assertThat(core.facts(ProtectionFact.StopMoved.class).getLast().why()).contains("fees");
  }

  @Test
  void whileKrakenHasNotToldTheFeeTheHighestOneIsTaken() {
    entered("49990.0", "50010.0");
    stopRests();

    bidIs("52000.0");

    // 50 010 x 1.0026 / 0.992 = 50 544.37...
    assertThat(core.last(Effect.Amend.class).stop()).isEqualByComparingTo("50544.4");
  }

  @Test
  void whatWasSoldMeanwhileCountsNoMore() {
    entered("49990.0", "50010.0");
    stopRests();
    feeIs("0.40");
    Signal half = Samples.signal(Action.SELL, "breakout", "BTC/USD", "25", core.now());
    core.arrives("half", "body", half, core.freshMarket());
    Fact.OrderIntended sell = core.lastIntent();
    amended();
    filled(sell, "49990.0");
    Fact.OrderIntended second = entered("50990.0", "51010.0");
    amended();
    core.forgetEffects();

    bidIs("53000.0");

    BigDecimal left = BOUGHT.subtract(sell.intent().plan().volume());
    BigDecimal more = second.intent().plan().volume();
    BigDecimal cost =
        left.multiply(new BigDecimal("50010"))
            .add(more.multiply(new BigDecimal("51010")))
            .multiply(BUY_WITH_FEE);
    BigDecimal stop = core.last(Effect.Amend.class).stop();
    BigDecimal got = left.add(more).multiply(stop).multiply(new BigDecimal("0.996"));
    assertThat(got).isGreaterThanOrEqualTo(cost);
    BigDecimal tick = left.add(more).multiply(Samples.BTC.tickSize());
    assertThat(got.subtract(tick)).isLessThan(cost);
  }

  @Test
  void whoTakesOverMovesItToTheSamePrice() {
    UUID entry = entered("49990.0", "50010.0").orderId();
    stopRests();
    assertThat(DeepComparison.differences(core.state(), core.fold())).isEmpty();
    core.restart();
    core.keysChecked(false);

    bidIs("52000.0");

    assertThat(core.facts(ProtectionFact.StopMoved.class).getLast().stop())
        .as("of entry %s", entry)
        .isEqualByComparingTo("50544.4");
  }

  @Test
  void itIsRoundedUpToTheTickAndExactWhereItIsOnOne() {
    BigDecimal held = new BigDecimal("2");
    Results.Lot lot = new Results.Lot("ZUSD", held, new BigDecimal("99600"));

    assertThat(Targets.breakEven(lot, new BigDecimal("0.4"), Samples.BTC))
        .isEqualByComparingTo("50000");
    assertThat(Targets.breakEven(lot, new BigDecimal("0.40001"), Samples.BTC))
        .isEqualByComparingTo("50000.1");
    assertThat(Targets.breakEven(lot, BigDecimal.ZERO, Samples.BTC)).isEqualByComparingTo("49800");
  }
}
