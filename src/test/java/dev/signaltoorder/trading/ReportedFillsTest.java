package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.ExecutionReport;
import dev.signaltoorder.kraken.OrderInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Fills that the websocket tells of, beside those that asking shows. In the seeded test the
 * websocket drops, repeats, reorders and corrupts what it tells; answers to questions may be a step
 * behind. Never is more counted than was executed, and in the end exactly that. One seed: {@code
 * -Dfeeds.seed=N}.
 */
class ReportedFillsTest {
  private static final String TXID = "OABCDE-FGHIJ-KLMNOP";
  private static final BigDecimal PRICE = new BigDecimal("50010.0");
  private static final int SEEDS = Integer.getInteger("feeds.seeds", 400);

  @Test
  void aFillIsKnownAsSoonAsItIsTold() {
    Venue venue = new Venue(new Random(1));
    UUID orderId = venue.core.open();
    venue.begin(orderId, "OABC");

    venue.tell(venue.fill("0.0004"));

    assertThat(venue.known()).isEqualByComparingTo("0.0004");
    assertThat(venue.core.facts(Fact.KrakenCalled.class).getLast().purpose())
        .isEqualTo("execution");
  }

  @Test
  void theSameFillToldTwiceCountsOnce() {
    Venue venue = new Venue(new Random(1));
    venue.begin(venue.core.open(), "OABC");
    ExecutionReport fill = venue.fill("0.0004");

    venue.tell(fill);
    venue.tell(fill);

    assertThat(venue.known()).isEqualByComparingTo("0.0004");
    assertThat(venue.core.facts(Fact.OrderProgressed.class)).hasSize(1);
  }

  @Test
  void fillsInTheWrongOrderAddUp() {
    Venue venue = new Venue(new Random(1));
    venue.begin(venue.core.open(), "OABC");
    ExecutionReport first = venue.fill("0.0004");
    ExecutionReport second = venue.fill("0.0001");

    venue.tell(second);
    assertThat(venue.known()).as("one is missing: nothing is guessed").isEqualByComparingTo("0");
    venue.tell(first);

    assertThat(venue.known()).isEqualByComparingTo("0.0005");
  }

  @Test
  void aMissingFillIsAskedForAtOnce() {
    Venue venue = new Venue(new Random(1));
    venue.begin(venue.core.open(), "OABC");
    venue.fill("0.0004");
    venue.core.forgetEffects();

    venue.tell(venue.fill("0.0001"));
    venue.core.tick();

    assertThat(venue.core.effects(Effect.Follow.class)).hasSize(1);
  }

  @Test
  void anOrderInDoubtThatIsToldOfIsPlaced() {
    Venue venue = new Venue(new Random(1));
    UUID orderId = venue.core.inDoubt();
    venue.begin(orderId, TXID);

    venue.tell(venue.report("new", "new"));

    assertThat(venue.core.orderState(orderId)).isInstanceOf(OrderState.Open.class);
    assertThat(venue.core.last(Fact.OrderPlaced.class, orderId).how()).isEqualTo("REPORTED");
  }

  @Test
  void theEndOfAnOrderIsAskedFor() {
    Venue venue = new Venue(new Random(1));
    UUID orderId = venue.core.open();
    venue.begin(orderId, "OABC");
    venue.tell(venue.fill("0.0004"));
    venue.core.forgetEffects();

    venue.tell(venue.end("canceled"));
    venue.core.tick();

    assertThat(venue.core.orderState(orderId)).isInstanceOf(OrderState.Open.class);
    assertThat(venue.core.effects(Effect.Follow.class)).hasSize(1);
  }

  @Test
  void anAnswerThatIsBehindTheWebsocketTakesNothingBack() {
    Venue venue = new Venue(new Random(1));
    venue.begin(venue.core.open(), "OABC");
    OrderInfo before = venue.info();
    venue.tell(venue.fill("0.0004"));
    venue.core.forgetEffects();

    venue.core.followed(before);

    assertThat(venue.known()).isEqualByComparingTo("0.0004");
    assertThat(venue.core.effects(Effect.Alarm.class)).isEmpty();
  }

  @Test
  void aFeeInAnotherAssetIsNotAddedUp() {
    Venue venue = new Venue(new Random(1));
    venue.begin(venue.core.open(), "OABC");
    ExecutionReport fill = venue.fill("0.0004");

    venue.tell(Venue.with(fill, "BTC", fill.executed()));

    assertThat(venue.known()).isEqualByComparingTo("0");
  }

  @Test
  void whileTheFeedIsWholeAskingIsRare() {
    assertThat(questionsInTenMinutes(true)).isLessThan(questionsInTenMinutes(false) / 3);
  }

  private static int questionsInTenMinutes(boolean whole) {
    Venue venue = new Venue(new Random(1));
    venue.begin(venue.core.open(), "OABC");
    venue.core.step(new Message.FeedChanged(whole, "test"));
    venue.core.forgetEffects();
    for (int i = 0; i < 600; i++) {
      venue.core.pass(Duration.ofSeconds(1));
      venue.answer();
    }
    return venue.core.effects(Effect.Follow.class).size();
  }

  @Test
  void noFillIsMissedOrCountedTwice() {
    Integer only = Integer.getInteger("feeds.seed");
    int first = only == null ? 0 : only;
    int last = only == null ? SEEDS : only + 1;
    System.out.println("websocket fills: seeds " + first + " to " + (last - 1));
    int told = 0;
    int adopted = 0;
    for (int seed = first; seed < last; seed++) {
      Venue venue = new Venue(new Random(seed * 0x9E3779B97F4A7C15L));
      venue.life(seed);
      told +=
          venue.core.facts(Fact.KrakenCalled.class).stream()
                      .filter(call -> call.purpose().equals("execution"))
                      .count()
                  > 0
              ? 1
              : 0;
      adopted +=
          venue.core.facts(Fact.OrderPlaced.class).stream()
                      .filter(placed -> placed.how().equals("REPORTED"))
                      .count()
                  > 0
              ? 1
              : 0;
    }

    System.out.println("websocket fills: used in " + told + " lives, adopted in " + adopted);
    if (only == null) {
      assertThat(told).isGreaterThan(SEEDS / 2);
      assertThat(adopted).isBetween(SEEDS / 4, SEEDS);
    }
  }

  /** One order at an exchange that tells of it, and can be asked. */
  private static final class Venue {
    private final CoreUnderTest core = CoreUnderTest.serving();
    private final Random random;
    private UUID orderId = new UUID(0, 0);
    private String txid = TXID;
    private BigDecimal ordered = BigDecimal.ZERO;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal fee = BigDecimal.ZERO;
    private String status = "open";
    private OrderInfo earlier;
    private long sequence;
    private int fills;
    private int answered;
    private int lookedUp;

    Venue(Random random) {
      this.random = random;
      this.earlier = info();
    }

    void begin(UUID order, String id) {
      orderId = order;
      txid = id;
      ordered = core.lastIntent().intent().plan().volume();
      earlier = info();
      sequence = 1;
    }

    OrderInfo info() {
      return new OrderInfo(
          txid,
          orderId.toString(),
          null,
          null,
          status,
          ordered,
          volume,
          cost,
          fee,
          volume.signum() == 0 ? BigDecimal.ZERO : cost.divide(volume, 1, RoundingMode.HALF_UP),
          null,
          Samples.NOW,
          null);
    }

    ExecutionReport report(String type, String orderStatus) {
      return new ExecutionReport(
          txid, orderId.toString(), "BTC/USD", type, orderStatus, null, volume, null, core.now());
    }

    ExecutionReport fill(String base) {
      earlier = info();
      BigDecimal size = new BigDecimal(base);
      BigDecimal paid = size.multiply(PRICE).setScale(5, RoundingMode.HALF_UP);
      BigDecimal charged = paid.multiply(new BigDecimal("0.004")).setScale(5, RoundingMode.UP);
      volume = volume.add(size);
      cost = cost.add(paid);
      fee = fee.add(charged);
      ExecutionReport.Fill fill =
          new ExecutionReport.Fill(
              "T" + ++fills, size, PRICE, paid, List.of(new ExecutionReport.Fee("USD", charged)));
      return new ExecutionReport(
          txid,
          orderId.toString(),
          "BTC/USD",
          "trade",
          "partially_filled",
          fill,
          volume,
          null,
          core.now());
    }

    ExecutionReport end(String how) {
      earlier = info();
      status = how.equals("filled") ? "closed" : how;
      return report(how, how);
    }

    static ExecutionReport with(
        ExecutionReport report, String feeAsset, @Nullable BigDecimal executed) {
      ExecutionReport.Fill fill = report.fill();
      return new ExecutionReport(
          report.txid(),
          report.clientOrderId(),
          report.symbol(),
          report.type(),
          report.orderStatus(),
          fill == null
              ? null
              : new ExecutionReport.Fill(
                  fill.id(),
                  fill.volume(),
                  fill.price(),
                  fill.cost(),
                  List.of(new ExecutionReport.Fee(feeAsset, fill.fees().getFirst().quantity()))),
          executed,
          report.reason(),
          report.at());
    }

    void tell(ExecutionReport... reports) {
      core.step(
          new Message.ExecutionsReported(
              new ExecutionNews(
                  core.id(),
                  "/v2/executions",
                  sequence++,
                  false,
                  core.now(),
                  "{}".getBytes(StandardCharsets.UTF_8),
                  List.of(reports))));
    }

    BigDecimal known() {
      return core.state().order(orderId).execution().volume();
    }

    /** Answers what was asked, truly or a step behind. */
    void answer() {
      List<Effect.Follow> follows = core.effects(Effect.Follow.class);
      while (answered < follows.size()) {
        answered++;
        core.followed(random.nextInt(3) == 0 ? earlier : info());
      }
      List<Effect.LookUp> lookUps = core.effects(Effect.LookUp.class);
      while (lookedUp < lookUps.size()) {
        lookedUp++;
        core.looksUp(orderId, info());
      }
    }

    void life(int seed) {
      UUID order = core.intended();
      begin(order, TXID);
      int answerToAddOrder = random.nextInt(4);
      if (answerToAddOrder == 0) {
        core.addOrder(order, new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
      } else if (answerToAddOrder == 1) {
        core.addOrder(order, new AddOrderVerdict.Placed(TXID));
      }
      List<ExecutionReport> wire = new ArrayList<>(List.of(report("new", "new")));
      int pieces = 1 + random.nextInt(5);
      for (int i = 0; i < pieces; i++) {
        BigDecimal left = ordered.subtract(volume);
        BigDecimal piece =
            i == pieces - 1 && random.nextBoolean()
                ? left
                : left.multiply(BigDecimal.valueOf(1 + random.nextInt(90), 2))
                    .setScale(8, RoundingMode.DOWN);
        wire.add(fill(piece.toPlainString()));
        deliver(wire, seed);
      }
      wire.add(end(volume.compareTo(ordered) == 0 ? "filled" : "canceled"));
      deliver(wire, seed);
      if (answerToAddOrder > 1) {
        core.addOrder(
            order,
            answerToAddOrder == 2
                ? new AddOrderVerdict.Placed(TXID)
                : new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
      }
      for (int i = 0; i < 90 && core.state().liveOrders().containsKey(order); i++) {
        core.pass(Duration.ofSeconds(1));
        answer();
      }
      assertThat(core.state().liveOrders()).as("seed %d: it ended", seed).isEmpty();
      List<Fact.OrderEnded> ends = core.facts(Fact.OrderEnded.class);
      assertThat(ends).as("seed %d", seed).hasSize(1);
      Execution last = ends.getFirst().execution();
      assertThat(last.volume()).as("seed %d: volume", seed).isEqualByComparingTo(volume);
      assertThat(last.cost()).as("seed %d: cost", seed).isEqualByComparingTo(cost);
      assertThat(last.fee()).as("seed %d: fee", seed).isEqualByComparingTo(fee);
      assertThat(core.state().positions().of("BTC/USD"))
          .as("seed %d: position", seed)
          .isEqualByComparingTo(volume);
      assertThat(core.fold().positions().of("BTC/USD"))
          .as("seed %d: position after a restart", seed)
          .isEqualByComparingTo(volume);
    }

    private void deliver(List<ExecutionReport> wire, int seed) {
      while (!wire.isEmpty() && random.nextInt(4) > 0) {
        int place = random.nextInt(3) == 0 ? random.nextInt(wire.size()) : 0;
        ExecutionReport report = wire.remove(place);
        switch (random.nextInt(8)) {
          case 0 -> {
            // Lost.
          }
          case 1 -> {
            tell(report);
            wire.add(report);
          }
          case 2 -> tell(corrupted(report));
          case 3 -> tell(report, report);
          default -> tell(report);
        }
        if (random.nextInt(4) == 0) {
          core.pass(Duration.ofMillis(300));
          answer();
        }
        Order live = core.state().liveOrders().get(orderId);
        if (live != null) {
          assertThat(live.execution().volume())
              .as("seed %d: not more than was executed", seed)
              .isLessThanOrEqualTo(volume);
        }
      }
    }

    /** One field is wrong. */
    private ExecutionReport corrupted(ExecutionReport report) {
      ExecutionReport.Fill fill = report.fill();
      BigDecimal more = new BigDecimal("0.00010001");
      if (fill == null || random.nextInt(3) == 0) {
        return with(report, "USD", report.executed() == null ? more : report.executed().add(more));
      }
      boolean id = random.nextBoolean();
      return new ExecutionReport(
          report.txid(),
          report.clientOrderId(),
          report.symbol(),
          report.type(),
          report.orderStatus(),
          new ExecutionReport.Fill(
              id ? fill.id() + "X" : fill.id(),
              id ? fill.volume() : fill.volume().add(new BigDecimal("0.00000001")),
              fill.price(),
              fill.cost(),
              fill.fees()),
          report.executed(),
          report.reason(),
          report.at());
    }
  }
}
