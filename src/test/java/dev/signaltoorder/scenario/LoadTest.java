package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.SlowMachine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many signals at once: every one is accounted for, and the numbers are the exchange's own. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class LoadTest extends RunningService {
  private static final int SIGNALS = 1_000;
  private static final int CONNECTIONS = 32;
  private static final int COPIES = 50;
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Map<String, String> ALL = Map.of("source", ServiceResource.LOAD);

  /** What was sent, and what must become of it. */
  private enum Kind {
    GOOD("FILLED"),
    INVALID("INVALID"),
    STALE("EXPIRED"),
    OVER_LIMIT("REJECTED"),
    UNKNOWN_PAIR("REJECTED"),
    SHORT("REJECTED");

    private final String outcome;

    Kind(String outcome) {
      this.outcome = outcome;
    }
  }

  private record Delivery(Kind kind, String id, byte[] body) {}

  private record Answered(Delivery delivery, Answer answer) {}

  @Test
  void fiftyIdenticalDeliveriesAtOnceAreOneSignalAndOneOrder() throws Exception {
    String strategy = "";
    String signalId = "";
    int ordersBefore = exchange().acceptedAddOrders();

    for (int i = 0;
        i < 6 && (signalId.isEmpty() || report().cameTooLate(signalId, "FILLED"));
        i++) {
      strategy = freshStrategy();
      signalId = deliveredManyTimes(Payload.limit("BUY", strategy, ASK, "0.001").bytes());
    }

    report().awaitOutcome(signalId, "FILLED");
    assertThat(report().rowsOf(strategy)).hasSize(1);
    assertThat(exchange().acceptedAddOrders() - ordersBefore).isEqualTo(1);
  }

  private String deliveredManyTimes(byte[] body) throws Exception {
    String id = Sender.freshId();
    List<Answer> answers = atOnce(Collections.nCopies(COPIES, () -> demo().send(id, body)));
    Map<Integer, Long> statuses =
        answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    assertThat(statuses).isEqualTo(Map.of(202, 1L, 200, COPIES - 1L));
    assertThat(answers).extracting(Answer::signalId).containsOnly(answers.getFirst().signalId());
    return answers.getFirst().signalId();
  }

  @Test
  void everyOneOfAThousandMixedSignalsIsAccountedFor() throws Exception {
    long seed = System.nanoTime();
    System.out.println("LoadTest: seed " + seed);
    List<Delivery> deliveries = mixed(new Random(seed));
    Map<String, Delivery> distinct = new HashMap<>();
    deliveries.forEach(delivery -> distinct.put(delivery.id(), delivery));
    Set<String> before =
        exchange().orders().stream().map(PaperOrder::txid).collect(Collectors.toSet());
    Sender sender = sender(ServiceResource.LOAD);

    List<Answered> answers =
        atOnce(
            deliveries.stream()
                .<Callable<Answered>>map(d -> () -> new Answered(d, sender.send(d.id(), d.body())))
                .toList());

    Map<String, Delivery> bySignal = bySignal(answers);
    assertThat(bySignal).as("signals, one per distinct delivery").hasSameSizeAs(distinct);
    // What nobody led the account for is acknowledged before it has a row.
    await()
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> assertThat(report().allRows(ALL, 1_000)).hasSameSizeAs(bySignal.keySet()));
    report().awaitAllSettled(ALL, MOST);
    List<JsonNode> rows = report().allRows(ALL, 100);
    Map<String, JsonNode> byId =
        rows.stream().collect(Collectors.toMap(LoadTest::signalId, Function.identity()));
    assertThat(byId.keySet()).isEqualTo(bySignal.keySet());
    bySignal.forEach((id, delivery) -> becameWhatItMust(delivery, byId.get(id)));
    assertThat(rows)
        .extracting(row -> Instant.parse(row.path("receivedAt").textValue()))
        .isSortedAccordingTo(Collections.reverseOrder());
    assertThat(report().totals(ALL)).isEqualTo(counted(rows));
    // By their ids: what other tests left may still change.
    List<PaperOrder> orders =
        exchange().orders().stream().filter(order -> !before.contains(order.txid())).toList();
    equalsTheExchangesBook(rows, orders);
    performanceEqualsTheExchangesBook(orders);
  }

  private void performanceEqualsTheExchangesBook(List<PaperOrder> orders) {
    JsonNode total = report().performance(ALL).path("total");
    assertThat(total.path("ordersFilled").longValue()).isEqualTo(orders.size());
    JsonNode money = total.path("money").path("USD");
    assertThat(number(money, "bought").add(number(money, "sold")))
        .isEqualByComparingTo(sum(orders, PaperOrder::cost));
    assertThat(number(money, "fees")).isEqualByComparingTo(sum(orders, PaperOrder::fee));
  }

  /** Every answer is the contract's; a delivery that came several times has one signal. */
  private static Map<String, Delivery> bySignal(List<Answered> answers) {
    Map<String, Delivery> bySignal = new TreeMap<>();
    Map<String, String> byDelivery = new HashMap<>();
    for (Answered answered : answers) {
      Delivery delivery = answered.delivery();
      Answer answer = answered.answer();
      assertThat(answer.status())
          .as(answer.body())
          .isIn(delivery.kind() == Kind.INVALID ? List.of(422) : List.of(202, 200));
      String known = byDelivery.putIfAbsent(delivery.id(), answer.signalId());
      assertThat(answer.signalId()).isEqualTo(known == null ? answer.signalId() : known);
      bySignal.put(answer.signalId(), delivery);
    }
    return bySignal;
  }

  private void becameWhatItMust(Delivery delivery, JsonNode row) {
    String outcome = row.path("outcome").textValue();
    if (delivery.kind() == Kind.GOOD) {
      // Under load an order may still wait when its deadline passes: then it is never sent.
      // And a sale that would meet a purchase still on its way is refused.
      if (outcome.equals("FILLED") || SlowMachine.isWhyNot(report().story(signalId(row)))) {
        return;
      }
      assertThat(outcome).as(row.toString()).isIn("NOT_PLACED", "REJECTED");
      if (outcome.equals("REJECTED")) {
        assertThat(reasons(row)).as(row.toString()).isSubsetOf("self-match", "stale-price");
      }
    } else {
      // One that waited for a minute on a slow machine has expired, whatever else is wrong.
      String expected = reasons(row).contains("stale-signal") ? "EXPIRED" : delivery.kind().outcome;
      assertThat(outcome).as(row.toString()).isEqualTo(expected);
      assertThat(row.path("reasons")).as(row.toString()).isNotEmpty();
    }
  }

  private static List<String> reasons(JsonNode row) {
    List<String> reasons = new ArrayList<>();
    row.path("reasons").forEach(reason -> reasons.add(reason.asText()));
    return reasons;
  }

  private void equalsTheExchangesBook(List<JsonNode> rows, List<PaperOrder> orders) {
    Map<String, PaperOrder> byTxid =
        orders.stream().collect(Collectors.toMap(PaperOrder::txid, Function.identity()));
    List<JsonNode> traded = rows.stream().filter(row -> !row.path("orderTxid").isNull()).toList();
    assertThat(traded)
        .as("orders were sent, as many as the machine had time for")
        .hasSizeGreaterThan(SIGNALS / 100);
    assertThat(traded).extracting(row -> row.path("orderTxid").textValue()).doesNotHaveDuplicates();
    assertThat(traded)
        .extracting(row -> row.path("orderTxid").textValue())
        .containsExactlyInAnyOrderElementsOf(byTxid.keySet());
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    for (JsonNode row : traded) {
      PaperOrder order = byTxid.get(row.path("orderTxid").textValue());
      assertThat(number(row, "volume")).isEqualByComparingTo(order.volumeExecuted());
      assertThat(number(row, "averagePrice")).isEqualByComparingTo(average(order));
      volume = volume.add(number(row, "volume"));
      fees = fees.add(number(row, "fee"));
    }
    assertThat(volume).isEqualByComparingTo(sum(orders, PaperOrder::volumeExecuted));
    assertThat(fees).isEqualByComparingTo(sum(orders, PaperOrder::fee));
  }

  private static BigDecimal sum(List<PaperOrder> orders, Function<PaperOrder, BigDecimal> what) {
    return orders.stream().map(what).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal number(JsonNode row, String field) {
    return new BigDecimal(row.path(field).textValue());
  }

  private static String signalId(JsonNode row) {
    return row.path("signalId").textValue();
  }

  private static Map<String, Integer> counted(List<JsonNode> rows) {
    Map<String, Integer> counted = new HashMap<>();
    rows.forEach(row -> counted.merge(row.path("outcome").textValue(), 1, Integer::sum));
    return counted;
  }

  /** A third is good; a sixth comes again, somewhere. */
  private static List<Delivery> mixed(Random random) {
    List<Delivery> deliveries = new ArrayList<>();
    while (deliveries.size() < SIGNALS) {
      if (!deliveries.isEmpty() && random.nextInt(6) == 0) {
        deliveries.add(deliveries.get(random.nextInt(deliveries.size())));
        continue;
      }
      Kind kind = random.nextBoolean() ? Kind.GOOD : Kind.values()[random.nextInt(6)];
      deliveries.add(new Delivery(kind, Sender.freshId(), body(kind, random)));
    }
    Collections.shuffle(deliveries, random);
    return deliveries;
  }

  private static byte[] body(Kind kind, Random random) {
    String strategy = "load-" + random.nextInt(10);
    String side = random.nextInt(3) == 0 ? "SELL" : "BUY";
    String price = side.equals("BUY") ? ASK : BID;
    String volume = "0.00" + (1 + random.nextInt(9)) + random.nextInt(10);
    Payload good = Payload.limit(side, strategy, price, volume);
    return switch (kind) {
      case GOOD -> good.bytes();
      case INVALID ->
          random.nextBoolean()
              ? good.with("/data/action", "HOLD").bytes()
              : "{\"cut".getBytes(StandardCharsets.UTF_8);
      case STALE -> good.at(Instant.now().minusSeconds(600 + random.nextInt(600))).bytes();
      case OVER_LIMIT -> good.size("BASE", "0.2").bytes();
      case UNKNOWN_PAIR -> good.with("/data/pair", "NOPE/USD").bytes();
      case SHORT -> good.with("/data/action", "SHORT").bytes();
    };
  }

  private static <T> List<T> atOnce(List<? extends Callable<T>> calls) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<T> future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
    }
    return answers;
  }
}
