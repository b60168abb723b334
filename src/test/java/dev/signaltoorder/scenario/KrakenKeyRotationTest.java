package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.KeyPermission;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.KeyWitness;
import dev.signaltoorder.testing.Load;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.OutsideExchange;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The Kraken key of a live account is replaced while signals become orders: no delivery fails, no
 * order is lost or doubled.
 */
@QuarkusTest
@TestProfile(KrakenKeyRotationTest.Live.class)
class KrakenKeyRotationTest extends RunningService {
  private static final String TURNING = "turning";
  private static final String PREFIX = "signal-to-order.accounts." + TURNING + ".";
  private static final String ALARM = "ALARM: new Kraken keys are not used";
  private static final String ROTATED = "keys-rotated";
  private static final String NOT_ROTATED = "keys-not-rotated";
  private static final String VOLUME = "0.0002";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Between two deliveries of one sender: a pro account may go on like this for minutes. */
  private static final long BETWEEN_MILLIS = 1_000;

  /** So that a call is in flight, and others wait, whenever the keys change. */
  private static final Duration SLOW = Duration.ofMillis(200);

  /** The service looks at the files every five seconds. */
  private static final Duration A_LOOK = Duration.ofSeconds(6);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Live, with roomy rules, on an account of its own at an exchange that notes who calls. */
  public static class Live extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("signal-to-order.mode", "live");
      settings.remove("signal-to-order.accounts." + ACCOUNT + ".tier");
      settings.put(PREFIX + "tier", "pro");
      // An order that is late on a busy machine is none that was lost.
      settings.put("signal-to-order.orders.deadline", "20s");
      settings.put("signal-to-order.orders.send-within", "15s");
      settings.put("signal-to-order.orders.look-up-every", "10s");
      return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
      resources.add(
          new TestResourceEntry(
              OutsideExchange.class,
              Map.of("account", TURNING, "ZUSD", "1000000", "XXBT", "10", "witnessed", "true")));
      return resources;
    }
  }

  private final Path keyFile = path("trade-key-file");
  private final Path secretFile = path("trade-secret-file");
  private final String strategy = freshStrategy();
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final List<Load> loads = new ArrayList<>();
  private List<PaperOrder> before = List.of();
  private int complaintsBefore;
  private PaperAccount first;
  private PaperAccount good;
  private LogWatch log;

  @BeforeEach
  void ordersFlow() throws IOException {
    log = LogWatch.start();
    OutsideExchange.exchange().setPrice("BTC/USD", BID, ASK);
    first =
        new PaperAccount(
            TURNING, Files.readString(keyFile).strip(), Files.readString(secretFile).strip());
    good = first;
    await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .untilAsserted(
            () -> {
              Answer armed =
                  operator()
                      .post("/operations/arm", Map.of("account", TURNING, "confirm", TURNING));
              assertThat(armed.status()).as(armed.body()).isEqualTo(200);
            });
    filled();
    before = OutsideExchange.exchange().orders();
    complaintsBefore = witness().complaints().size();
    OutsideExchange.exchange().faults().always("AddOrder", new Fault(Fault.Kind.DELAY, SLOW));
    loads.add(Load.of(this::delivered, 202));
    loads.add(Load.of(this::delivered, 202));
    moreOrdersWith(first);
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    OutsideExchange.exchange().faults().clear();
    put(good);
    for (Load load : loads) {
      load.endsWithoutAFailure();
    }
    log.close();
    operator().post("/operations/disarm", Map.of("account", TURNING));
    // What the next test puts there must be a change, seen from here.
    Thread.sleep(A_LOOK);
  }

  @Test
  void ordersGoOnWithTheNewKeyAloneAndNoneIsLostOrDoubled() throws Exception {
    long rotations = facts(ROTATED);
    PaperAccount next = keyWith(KeyPermission.trading());

    good = next;
    put(good);
    awaitFacts(ROTATED, rotations + 1);
    moreOrdersWith(next);

    int callsBefore = witness().callsWith(first.apiKey()).size();
    moreOrdersWith(next);
    assertThat(witness().callsWith(first.apiKey())).as("with the old key").hasSize(callsBefore);
    witness().delete(first.apiKey());
    moreOrdersWith(next);

    everySignalIsAccountedFor();
    assertThat(witness().complaints()).hasSize(complaintsBefore);
    assertThat(witness().callsWith(first.apiKey())).hasSize(callsBefore);
    JsonNode fact = lastFact(ROTATED);
    assertThat(fact.path("from").textValue()).isEqualTo(fingerprint(first));
    assertThat(fact.path("to").textValue()).isEqualTo(fingerprint(next));
    assertThat(keysInUse()).containsExactly(fingerprint(next));
    assertThat(log.text()).doesNotContain(ALARM);
    nothingIsToldOf(first, next);
  }

  @Test
  void aKeyThatMayWithdrawIsNotTakenUntilItIsCorrected() throws Exception {
    long rotations = facts(ROTATED);
    Set<KeyPermission> tooMuch = EnumSet.copyOf(KeyPermission.trading());
    tooMuch.add(KeyPermission.WITHDRAW_FUNDS);
    PaperAccount leaky = keyWith(tooMuch);

    putAndSeeRefused(leaky.apiKey(), leaky.apiSecret(), "the key can withdraw funds");

    assertThat(facts(ROTATED)).isEqualTo(rotations);
    assertThat(witness().callsWith(leaky.apiKey()))
        .isNotEmpty()
        .extracting(KeyWitness.Call::endpoint)
        .containsOnly("GetApiKeyInfo");
    good = keyWith(KeyPermission.trading());
    put(good);
    awaitFacts(ROTATED, rotations + 1);
    moreOrdersWith(good);
    everySignalIsAccountedFor();
    assertThat(witness().complaints()).hasSize(complaintsBefore);
    nothingIsToldOf(first, leaky, good);
  }

  @Test
  void filesThatCannotBeUsedChangeNothing() throws Exception {
    long rotations = facts(ROTATED);
    PaperAccount next = keyWith(KeyPermission.trading());
    String unknown = "A".repeat(56);

    putAndSeeRefused("no key at all", next.apiSecret(), "the file does not hold an API key");
    putAndSeeRefused(next.apiKey(), first.apiSecret(), "both belong together");
    assertThat(witness().callsWith(next.apiKey())).as("half a pair").isEmpty();
    long refusals = facts(NOT_ROTATED);
    Files.delete(secretFile);
    seeRefused(refusals, "there is no such file");
    putAndSeeRefused(unknown, next.apiSecret(), "EAPI:Invalid key");

    everySignalIsAccountedFor();
    assertThat(facts(ROTATED)).isEqualTo(rotations);
    assertThat(witness().callsWith(unknown))
        .isNotEmpty()
        .extracting(KeyWitness.Call::endpoint)
        .containsOnly("GetApiKeyInfo");
    nothingIsToldOf(first, next);
  }

  private void putAndSeeRefused(String key, String secret, String reason) throws Exception {
    long refusals = facts(NOT_ROTATED);
    put(key, secret);
    seeRefused(refusals, reason);
  }

  /** Said, on record, and without any consequence. */
  private void seeRefused(long refusals, String reason) throws Exception {
    awaitFacts(NOT_ROTATED, refusals + 1);
    JsonNode fact = lastFact(NOT_ROTATED);
    assertThat(fact.path("inUse").textValue()).isEqualTo(fingerprint(first));
    assertThat(fact.path("reason").textValue()).contains(reason);
    await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .untilAsserted(
            () ->
                assertThat(log.text().lines())
                    .anyMatch(line -> line.contains(ALARM) && line.contains(reason)));
    assertThat(keysInUse()).containsExactly(fingerprint(first));
    moreOrdersWith(first);
  }

  private Answer delivered() {
    try {
      Thread.sleep(BETWEEN_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    String id = Sender.freshId();
    byte[] body = Payload.limit("BUY", strategy, ASK, VOLUME).bytes();
    Answer answer;
    try {
      answer = demo().send(id, body);
    } catch (UncheckedIOException e) {
      // As senders do: a machine that stood still for seconds may have closed an idle connection.
      answer = demo().send(id, body);
      if (answer.status() == 200) {
        // It had been taken before the connection was closed: a duplicate of itself.
        answer = new Answer(202, answer.headers(), answer.body());
      }
    }
    if (answer.status() == 202) {
      sent.add(answer.signalId());
    }
    return answer;
  }

  /** Every signal became one order that was filled, or none, for a reason. */
  private void everySignalIsAccountedFor() throws Exception {
    for (Load load : loads) {
      load.endsWithoutAFailure();
    }
    Map<String, String> all = Map.of("strategy", strategy);
    // What came while nobody led the account has no row before the next leader takes it.
    await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(() -> report().allRows(all, 100).size() >= sent.size());
    report().awaitAllSettled(all, PATIENCE);
    List<JsonNode> rows = report().allRows(all, 100);
    assertThat(rows)
        .extracting(row -> row.path("signalId").textValue())
        .containsExactlyInAnyOrderElementsOf(sent);
    Map<String, String> clientOrderIds = clientOrderIds();
    List<String> ordered = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode row : rows) {
      if (row.path("outcome").textValue().equals("FILLED")) {
        ordered.add(clientOrderIds.get(row.path("signalId").textValue()));
      } else {
        assertThat(row.path("outcome").textValue())
            .as(row.toString())
            .isIn("NOT_PLACED", "REJECTED", "EXPIRED");
        assertThat(row.path("reasons")).as(row.toString()).isNotEmpty();
        others.add(row);
      }
    }
    // How many are filled is the machine's affair; that some were on either side of the change is
    // not.
    assertThat(ordered).as("of %s: %s", rows.size(), others).hasSizeGreaterThan(16);

    List<PaperOrder> orders = new ArrayList<>(OutsideExchange.exchange().orders());
    orders.removeAll(before);
    assertThat(orders)
        .extracting(PaperOrder::clientOrderId)
        .containsExactlyInAnyOrderElementsOf(ordered);
    assertThat(orders)
        .allSatisfy(
            order ->
                assertThat(order.volumeExecuted()).isEqualByComparingTo(new BigDecimal(VOLUME)));
  }

  /** By signal; a signal has one order at most. */
  private Map<String, String> clientOrderIds() {
    return signedFacts("order-intended").stream()
        .collect(
            Collectors.toMap(
                fact -> fact.path("signalId").asText(),
                fact -> fact.path("body").path("intent").path("clientOrderId").asText()));
  }

  /** No key and no secret is anywhere where people look. */
  private void nothingIsToldOf(PaperAccount... keys) {
    String export = export();
    List<String> told = new ArrayList<>(List.of(export, log.text()));
    told.add(operator().get("/operations/status").body());
    told.add(atManagementPort().get("/q/metrics").body());
    told.add(reviewer().get("/audit/signals/" + sent.peek()).body());
    lines(export)
        .map(line -> line.path("raw").asText(""))
        .map(raw -> new String(Base64.getDecoder().decode(raw), StandardCharsets.UTF_8))
        .forEach(told::add);
    String everything = String.join("\n", told);
    for (PaperAccount key : keys) {
      assertThat(everything).doesNotContain(key.apiKey(), key.apiSecret());
    }
  }

  private void moreOrdersWith(PaperAccount key) {
    int already = witness().ordersWith(key.apiKey()).size();
    await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(() -> witness().ordersWith(key.apiKey()).size() >= already + 8);
  }

  private static KeyWitness witness() {
    return OutsideExchange.witness();
  }

  private static PaperAccount keyWith(Set<KeyPermission> permissions) {
    return OutsideExchange.exchange().createKey(TURNING, permissions);
  }

  private List<String> keysInUse() {
    return operator()
        .get("/operations/status")
        .json()
        .path("kraken")
        .path(TURNING)
        .path("keys")
        .findValuesAsText("fingerprint");
  }

  private static long facts(String kind) {
    return Journal.facts(TURNING, kind);
  }

  private static void awaitFacts(String kind, long count) {
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> facts(kind) == count);
  }

  private JsonNode lastFact(String kind) {
    return signedFacts(kind).getLast().path("body");
  }

  /** All facts of a kind, as a reviewer gets them once they are signed. */
  private List<JsonNode> signedFacts(String kind) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(() -> exported(kind), exported -> exported.size() == facts(kind));
  }

  private List<JsonNode> exported(String kind) {
    return lines(export())
        .map(line -> read(line.path("canonical").asText("{}")))
        .filter(fact -> fact.path("kind").asText().equals(kind))
        .toList();
  }

  private String export() {
    return reviewer().get("/audit/export?account=" + TURNING).body();
  }

  private static Stream<JsonNode> lines(String export) {
    return export.lines().filter(line -> !line.isBlank()).map(KrakenKeyRotationTest::read);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(PaperAccount key) throws IOException {
    put(key.apiKey(), key.apiSecret());
  }

  private void put(String key, String secret) throws IOException {
    put(keyFile, key);
    put(secretFile, secret);
  }

  private static void put(Path file, String content) throws IOException {
    Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path path(String setting) {
    return Path.of(ConfigProvider.getConfig().getValue(PREFIX + setting, String.class));
  }

  private static String fingerprint(PaperAccount key) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(key.apiKey().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, 12);
  }
}
