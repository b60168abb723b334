package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signaltoorder.signal.RefusedDelivery.Cause;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookReceptionTest {
  private static final String SECRET = SourcesTest.SECRET;
  private static final String TOKEN = "tv-token-0123456789";
  private static final UUID FIRST = UUID.fromString("019a0000-0000-7000-8000-000000000001");

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:15:31Z"));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeIntake intake = new FakeIntake();

  @TempDir Path directory;

  private WebhookReception reception;

  @BeforeEach
  void start() throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("signal-to-order.sources.voc.auth", "standard-webhooks");
    settings.put("signal-to-order.sources.voc.secrets-file", file("voc", SECRET));
    settings.put("signal-to-order.sources.voc.rate-limit", "3");
    settings.put("signal-to-order.sources.tv.auth", "token");
    settings.put(
        "signal-to-order.sources.tv.secrets-file",
        file("tv", "sha256:" + Sha256.hexOf(TOKEN.getBytes(UTF_8))));
    settings.put("signal-to-order.sources.tv.token-field", "/token");
    settings.put("signal-to-order.sources.tv.mapping.preset", "tradingview");
    settings.put("signal-to-order.sources.near.auth", "standard-webhooks");
    settings.put("signal-to-order.sources.near.secrets-file", file("near", SECRET));
    settings.put("signal-to-order.sources.near.allowed-addresses", "10.0.0.0/8");
    settings.put("signal-to-order.sources.tls.auth", "standard-webhooks");
    settings.put("signal-to-order.sources.tls.secrets-file", file("tls", SECRET));
    settings.put("signal-to-order.sources.tls.client-certificate", "TradingView Webhooks");
    Sources sources = SourcesTest.sources(settings, Set.of("main"), clock);
    assertThat(sources.problems()).isEmpty();
    reception =
        new WebhookReception(
            sources,
            intake,
            new AddressLimit(() -> "20", clock),
            new SignalIds(clock),
            new DeliveryMeters(sources, meters),
            clock,
            Duration.ofMillis(50));
  }

  @Test
  void acknowledgesAStoredSignalWith202AndItsId() throws IOException {
    Response response = answer(signed("voc", "msg_1", PayloadMappingTest.CANONICAL));

    assertThat(response.getStatus()).isEqualTo(202);
    Delivery delivery = intake.deliveries.getFirst();
    assertThat(json(response))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    "{\"signalId\":\"" + delivery.signalId() + "\",\"status\":\"ACCEPTED\"}"));
    assertThat(delivery.signalId().version()).isEqualTo(7);
    assertThat(delivery.account()).isEqualTo("main");
    assertThat(delivery.deliveryId()).isEqualTo("msg_1");
    assertThat(delivery.body()).isEqualTo(PayloadMappingTest.CANONICAL.getBytes(UTF_8));
    assertThat(delivery.bodySha256()).isEqualTo(Sha256.hexOf(delivery.body()));
    assertThat(intake.signals.getFirst().strategy()).isEqualTo("btc-breakout-4h");
    assertThat(count("voc", "accepted")).isEqualTo(1);
  }

  @Test
  void answersADuplicateWith200AndTheFirstId() throws IOException {
    intake.receipt = CompletableFuture.completedStage(new Receipt.Duplicate(FIRST));

    Response response = answer(signed("voc", "msg_1", PayloadMappingTest.CANONICAL));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(json(response).path("signalId").asText()).isEqualTo(FIRST.toString());
    assertThat(json(response).path("status").asText()).isEqualTo("DUPLICATE");
  }

  @Test
  void answersAnotherBodyUnderTheSameIdWith422() throws IOException {
    intake.receipt = CompletableFuture.completedStage(new Receipt.Conflict(FIRST));

    assertProblem(answer(signed("voc", "msg_1", PayloadMappingTest.CANONICAL)), 422);
    assertProblem(answer(signed("voc", "msg_1", "{}")), 422);
  }

  @Test
  void answersAnInvalidSignalWithEveryProblemAndRecordsIt() throws IOException {
    Response response = answer(signed("voc", "msg_1", "{\"data\":{\"action\":\"BYU\"}}"));

    assertProblem(response, 422);
    assertThat(json(response).path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("/timestamp", "/data/strategy", "/data/pair", "/data/action");
    assertThat(intake.invalid).hasSize(1);
    assertThat(intake.signals).isEmpty();
    assertThat(json(response).path("instance").asText())
        .isEqualTo("urn:uuid:" + intake.deliveries.getFirst().signalId());
  }

  @Test
  void answersEveryCauseOfDistrustWithOneText() throws IOException {
    IncomingDelivery good = signed("voc", "msg_1", PayloadMappingTest.CANONICAL);
    List<IncomingDelivery> distrusted =
        List.of(
            signed("nobody", "msg_1", PayloadMappingTest.CANONICAL),
            changed(good, "msg_2", good.timestamp(), good.signature()),
            changed(good, "msg_1", good.timestamp(), null),
            changed(good, "msg_1", "soon", good.signature()),
            changed(good, "m.sg", good.timestamp(), good.signature()),
            SigningSender.signed(SECRET, "voc", "msg_1", clock.instant().minusSeconds(301), "{}"),
            tradingView("{\"token\":\"wrong-token-0123456\"}"),
            signed("near", "msg_1", PayloadMappingTest.CANONICAL),
            signed("tls", "msg_1", PayloadMappingTest.CANONICAL));

    List<String> texts = new ArrayList<>();
    for (IncomingDelivery delivery : distrusted) {
      Response response = answer(delivery);
      assertProblem(response, 401);
      texts.add(new String((byte[]) response.getEntity(), UTF_8));
    }

    assertThat(texts).hasSize(9).containsOnly(texts.getFirst());
    assertThat(intake.refusals)
        .extracting(RefusedDelivery::cause)
        .containsExactly(
            Cause.UNKNOWN_SOURCE,
            Cause.BAD_SIGNATURE,
            Cause.MISSING_SIGNATURE,
            Cause.BAD_TIMESTAMP,
            Cause.BAD_DELIVERY_ID,
            Cause.STALE_TIMESTAMP,
            Cause.BAD_TOKEN,
            Cause.ADDRESS_NOT_ALLOWED,
            Cause.BAD_CLIENT_CERTIFICATE);
    assertThat(intake.deliveries).isEmpty();
    assertThat(count("unknown", "refused")).isEqualTo(1);
  }

  @Test
  void keepsStrangersTextsShortAndPrintableInTheRecord() {
    answer(signed("no\u0000body\u202e" + "x".repeat(100), "i\u0000d".repeat(60), "{}"));

    RefusedDelivery refusal = intake.refusals.getFirst();
    assertThat(refusal.source()).startsWith("no?body?xxx").hasSize(64);
    assertThat(refusal.deliveryId()).startsWith("i?di?d").hasSize(128);
  }

  @Test
  void neverHandsOverATokenAndMakesTheDeliveryIdItself() {
    String body =
        "{\"token\":\""
            + TOKEN
            + "\",\"strategy\":\"s\",\"ticker\":\"BTCUSD\",\"action\":\"buy\","
            + "\"comment\":\"%s\",\"time\":\"2026-11-22T10:15:30Z\"}";

    answer(tradingView(body.formatted("one")));
    answer(tradingView(body.formatted("one")));
    answer(tradingView(body.formatted("two")));

    assertThat(intake.deliveries)
        .hasSize(3)
        .noneMatch(delivery -> new String(delivery.body(), UTF_8).contains(TOKEN))
        .noneMatch(delivery -> delivery.toString().contains(TOKEN));
    List<String> ids = intake.deliveries.stream().map(Delivery::deliveryId).toList();
    assertThat(ids.get(0)).matches("[0-9a-f]{64}").isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    assertThat(ids.get(0)).isEqualTo(Sha256.hexOf("tv", intake.deliveries.getFirst().body()));
  }

  @Test
  void letsASourceThroughWithTheRightCertificate() {
    IncomingDelivery good = signed("tls", "msg_1", PayloadMappingTest.CANONICAL);
    IncomingDelivery withCertificate =
        new IncomingDelivery(
            "tls",
            null,
            good.id(),
            good.timestamp(),
            good.signature(),
            good.remoteAddress(),
            Peer.commonNames("CN=TradingView Webhooks,O=TradingView\\, Inc."),
            good.body());

    assertThat(answer(withCertificate).getStatus()).isEqualTo(202);
  }

  @Test
  void limitsAnAuthenticSourceAndSaysWhenToComeBack() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(answer(signed("voc", "m" + i, PayloadMappingTest.CANONICAL)).getStatus())
          .isEqualTo(202);
    }

    Response response = answer(signed("voc", "m4", PayloadMappingTest.CANONICAL));

    assertProblem(response, 429);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("20");
    assertThat(intake.refusals)
        .extracting(RefusedDelivery::cause)
        .containsExactly(Cause.RATE_LIMITED);
  }

  @Test
  void limitsAnAddressBeforeItLooksAtAnythingAndRecordsThatOnce() throws IOException {
    for (int i = 0; i < 20; i++) {
      answer(signed("nobody", "m", "{}"));
    }
    intake.refusals.clear();

    Response response = answer(signed("voc", "m1", PayloadMappingTest.CANONICAL));
    answer(signed("voc", "m2", PayloadMappingTest.CANONICAL));

    assertProblem(response, 429);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("3");
    assertThat(intake.refusals).hasSize(1);
    assertThat(intake.deliveries).isEmpty();
  }

  @Test
  void refusesABodyOver64KiBAndRecordsIt() throws IOException {
    String largest = "x".repeat(64 * 1024);

    assertProblem(answer(signed("voc", "m1", largest)), 422);
    assertProblem(answer(signed("voc", "m2", largest + "x")), 413);
    assertThat(intake.refusals).extracting(RefusedDelivery::cause).containsExactly(Cause.TOO_LARGE);
  }

  @Test
  void asksForARetryWhenNothingWasStored() throws IOException {
    List<CompletionStage<Receipt>> failures =
        List.of(
            CompletableFuture.failedStage(new IntakeUnavailableException("away", null)),
            new CompletableFuture<>());
    for (CompletionStage<Receipt> failure : failures) {
      intake.receipt = failure;

      Response response = answer(signed("voc", "m1", PayloadMappingTest.CANONICAL));

      assertProblem(response, 503);
      assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
    }
  }

  @Test
  void neverAcknowledgesWhenTheIntakeFailsUnexpectedly() {
    intake.receipt = CompletableFuture.failedStage(new IllegalStateException("bug"));

    assertThatThrownBy(() -> answer(signed("voc", "m1", PayloadMappingTest.CANONICAL)))
        .isInstanceOf(IllegalStateException.class);
  }

  private Response answer(IncomingDelivery delivery) {
    return WebhookResponses.of(reception.receive(delivery));
  }

  private IncomingDelivery signed(String source, String id, String body) {
    return SigningSender.signed(SECRET, source, id, clock.instant(), body);
  }

  private static IncomingDelivery tradingView(String body) {
    return new IncomingDelivery(
        "tv", null, null, null, null, "192.0.2.7", List.of(), body.getBytes(UTF_8));
  }

  private static IncomingDelivery changed(
      IncomingDelivery from, String id, @Nullable String timestamp, @Nullable String signature) {
    return new IncomingDelivery(
        from.source(), null, id, timestamp, signature, "192.0.2.7", List.of(), from.body());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private double count(String source, String answer) {
    return meters.counter("signal.to.order.deliveries", "source", source, "answer", answer).count();
  }

  private static JsonNode json(Response response) throws IOException {
    return new JsonMapper().readTree((byte[]) response.getEntity());
  }

  private static void assertProblem(Response response, int status) throws IOException {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getMediaType()).hasToString("application/problem+json");
    assertThat(json(response).path("status").asInt()).isEqualTo(status);
    assertThat(json(response).path("title").asText()).isNotBlank();
  }

  /** Answers as told and remembers what it was given. */
  private static final class FakeIntake implements SignalIntake {
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<List<FieldProblem>> invalid = new ArrayList<>();
    private final List<RefusedDelivery> refusals = new ArrayList<>();
    private @Nullable CompletionStage<Receipt> receipt;

    @Override
    public CompletionStage<Receipt> accept(Delivery delivery, Signal signal) {
      signals.add(signal);
      return stored(delivery);
    }

    @Override
    public CompletionStage<Receipt> acceptInvalid(Delivery delivery, List<FieldProblem> problems) {
      invalid.add(problems);
      return stored(delivery);
    }

    private CompletionStage<Receipt> stored(Delivery delivery) {
      deliveries.add(delivery);
      return receipt != null
          ? receipt
          : CompletableFuture.completedStage(new Receipt.Accepted(delivery.signalId()));
    }

    @Override
    public void recordRefusal(RefusedDelivery refusal) {
      refusals.add(refusal);
    }
  }
}
