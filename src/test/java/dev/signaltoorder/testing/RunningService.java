package dev.signaltoorder.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.market.MarketData;
import dev.signaltoorder.operations.PaperExchange;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.paper.SimulatedExchange;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.http.TestHTTPResource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;

/**
 * The service as its users meet it, and the simulated exchange behind it. Every test begins with
 * trading in force, no faults and the same prices.
 */
public abstract class RunningService {
  /** Fixed prices of BTC/USD. */
  protected static final String BID = "67000.0";

  /** See {@link #BID}. */
  protected static final String ASK = "67000.1";

  @TestHTTPResource("/")
  private URI address;

  @TestHTTPResource(value = "/", management = true)
  private URI management;

  @TestHTTPResource(value = "/", tls = true)
  private URI secure;

  @BeforeEach
  void quietMarket() {
    exchange().faults().clear();
    List<String> shownBefore = isPackaged() ? OutsideExchange.shown() : List.of();
    exchange().setPrice("BTC/USD", BID, ASK);
    exchange().setPrice("ETH/USD", "3500.00", "3500.01");
    boolean moved = isPackaged() && !OutsideExchange.shown().equals(shownBefore);
    String status = servedStatus();
    // Of two accounts a rule may have halted one.
    if (!status.contains("\"ACTIVE\"") || status.contains("HALTED\"")) {
      operator().post("/operations/resume", Map.of("reason", "a new test begins"));
    }
    armed();
    awaitCalmExchange();
    awaitThePricesSet();
    if (moved) {
      // Nobody can ask the packaged program which price it knows: it fetches them every second.
      await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
    }
  }

  /**
   * A leader is replaced now and then: until there is one, nobody can say whether all is halted.
   */
  private String servedStatus() {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> operator().get("/operations/status").body(),
            status -> status.contains("\"notServing\":[]"));
  }

  /** Live mode, which the same scenarios meet against the packaged program, trades when armed. */
  private void armed() {
    if (!isPackaged()) {
      return;
    }
    for (String account : OutsideExchange.served()) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .pollDelay(Duration.ZERO)
          .until(
              () ->
                  trades(account)
                      || arms(operator(), account)
                      // Where one operator is not enough.
                      || arms(secondOperator(), account));
    }
  }

  private boolean trades(String name) {
    for (JsonNode account : operator().get("/operations/status").json().path("accounts")) {
      if (account.path("account").asText().equals(name)) {
        return account.path("tradingState").asText().equals("ACTIVE");
      }
    }
    return false;
  }

  private static boolean arms(Person operator, String account) {
    return operator.post("/operations/arm", Map.of("account", account, "confirm", account)).status()
        == 200;
  }

  /** Whether the service is a program of its own, not part of this JVM. */
  protected static boolean isPackaged() {
    return Arc.container() == null;
  }

  /** What was done to the exchange, or a pause, may still make the service refuse entries. */
  private void awaitCalmExchange() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              String status = operator().get("/operations/status").body();
              return !status.contains("\"rateLimited\":true")
                  && !status.contains("\"breaker\":\"OPEN\"")
                  && !status.contains("\"breaker\":\"HALF_OPEN\"");
            });
  }

  /** An earlier test's price must not be what this one's first signal is judged and priced by. */
  private void awaitThePricesSet() {
    if (isPackaged() || !tradesOnPaper()) {
      return;
    }
    MarketData market = Arc.container().instance(MarketData.class).get();
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                market
                    .latest("BTC/USD")
                    .map(seen -> seen.snapshot().bid().compareTo(new BigDecimal(BID)) == 0)
                    .orElse(true));
  }

  /** Else its prices are those of an exchange outside. */
  private static boolean tradesOnPaper() {
    return ConfigProvider.getConfig()
        .getOptionalValue("signal-to-order.mode", String.class)
        .orElse("paper")
        .equals("paper");
  }

  /** A strategy that no other test uses. */
  protected static String freshStrategy() {
    return "s-" + UUID.randomUUID().toString().substring(0, 13);
  }

  /** Ends every order of an account, stops and exits as well, and lets trading go on. */
  protected void nothingRests(String account) {
    operator()
        .post(
            "/operations/halt",
            Map.of(
                "scope", "CANCEL_ALL", "exits", "cancel", "stops", "cancel", "reason", "all ends"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> standing(account).path("ordersByState"),
            orders -> orders.isObject() && orders.isEmpty());
    operator().post("/operations/resume", Map.of("reason", "nothing rests any more"));
  }

  /** The source "demo". */
  protected Sender demo() {
    return sender(ServiceResource.DEMO).signingWith(TestSecrets.DEMO);
  }

  /** A source that signs, or a path below it. */
  protected Sender sender(String source) {
    return new Sender(address.resolve("/webhooks/" + source), TestSecrets.OTHERS);
  }

  protected Person reviewer() {
    return Person.named(address, TestSecrets.REVIEWER);
  }

  protected Person operator() {
    return Person.named(address, TestSecrets.OPERATOR);
  }

  /** A scraper: has the role metrics. */
  protected Person scraper() {
    return Person.named(address, TestSecrets.METRICS);
  }

  /** Another person with the same role. */
  protected Person secondOperator() {
    return Person.named(address, TestSecrets.SECOND_OPERATOR);
  }

  /** The rules as they are now, to be changed and restored. */
  protected RulesInForce rulesInForce() {
    return new RulesInForce(operator());
  }

  protected Person stranger() {
    return Person.anonymous(address);
  }

  protected Person impostor(String name, String password) {
    return Person.withPassword(address, name, password);
  }

  /** A program with an API token. */
  protected Person program(String token) {
    return Person.withToken(address, token);
  }

  /** Whoever reaches the management port, without credentials. */
  protected Person atManagementPort() {
    return Person.anonymous(managementAddress());
  }

  /** Somebody who signs in at the management port. */
  protected Person atManagementPort(String name) {
    return Person.named(managementAddress(), name);
  }

  /** A program that shows a token at the management port. */
  protected Person programAtManagementPort(String token) {
    return Person.withToken(managementAddress(), token);
  }

  private URI managementAddress() {
    return isPackaged()
        ? URI.create("http://localhost:" + ServiceProfile.MANAGEMENT_PORT)
        : management;
  }

  /** How an account stands; waits while it has no leader. */
  protected JsonNode standing(String account) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              JsonNode all = reviewer().get("/operations/status").json().path("accounts");
              return StreamSupport.stream(all.spliterator(), false)
                  .filter(each -> each.path("account").asText().equals(account))
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Where the service is reached over TLS, if it ends there. */
  protected URI secure() {
    return isPackaged()
        ? URI.create("https://localhost:" + ServiceProfile.SECURE_PORT + "/")
        : secure;
  }

  protected ReportClient report() {
    return new ReportClient(reviewer());
  }

  /** The exchange itself: the independent witness. */
  protected SimulatedExchange exchange() {
    return behind().exchange();
  }

  /** The key of an account at the simulated exchange. */
  protected PaperAccount accountAtExchange(String name) {
    return behind().createAccount(name);
  }

  private static PaperExchangeServer behind() {
    return isPackaged()
        ? OutsideExchange.server()
        : Arc.container().instance(PaperExchange.class).get().server();
  }

  /** The orders that the exchange took for a signal: those with the client ids of its intents. */
  protected List<PaperOrder> ordersAtExchange(String signalId) {
    List<String> clientOrderIds =
        report().story(signalId).path("summary").path("intents").findValuesAsText("clientOrderId");
    return exchange().orders().stream()
        .filter(order -> clientOrderIds.contains(order.clientOrderId()))
        .toList();
  }

  /** Sends what must be taken; the signal's id. */
  protected String accepted(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().path("status").textValue()).isEqualTo("ACCEPTED");
    return answer.signalId();
  }

  /** A small order that is filled; its signal's id. */
  protected String filled() {
    return ended("FILLED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.001"));
  }

  /** Sends a signal that must end so, or rest so; its id. */
  protected String ended(String outcome, Supplier<Payload> signal) {
    return delivered(outcome, () -> demo().send(signal.get()));
  }

  /**
   * Delivers a signal that must end so; its id. Another one where a slow machine came to it too
   * late and placed nothing, rightly.
   */
  protected String delivered(String outcome, Supplier<Answer> delivery) {
    for (int attempt = 0; attempt < 10; attempt++) {
      String signalId = accepted(delivery.get());
      if (!report().cameTooLate(signalId, outcome)) {
        report().awaitOutcome(signalId, outcome);
        return signalId;
      }
      assertThat(ordersAtExchange(signalId)).isEmpty();
      // Calls that a pause cut off open the breaker, and it refuses ten signals within a second.
      awaitCalmExchange();
    }
    throw new AssertionError("ten signals were all judged or sent too late");
  }

  /**
   * Waits until a test that counts what happened today cannot last beyond this day, UTC. Near
   * midnight only.
   */
  protected static void wellBeforeMidnight() {
    await()
        .atMost(Duration.ofMinutes(10))
        .pollDelay(Duration.ZERO)
        .until(() -> LocalTime.now(ZoneOffset.UTC).isBefore(LocalTime.of(23, 55)));
  }

  /** An order's average price, of its fills' own prices; ten decimals. */
  protected BigDecimal average(PaperOrder order) {
    BigDecimal exactCost =
        exchange().trades().stream()
            .filter(trade -> trade.txid().equals(order.txid()))
            .map(trade -> trade.price().multiply(trade.volume()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return exactCost.divide(order.volumeExecuted(), 10, RoundingMode.HALF_UP);
  }
}
