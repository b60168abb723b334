package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.KeyFiles;
import dev.signaltoorder.kraken.KrakenAccountClient;
import dev.signaltoorder.kraken.RestTier;
import dev.signaltoorder.kraken.SendPermit;
import dev.signaltoorder.kraken.TestClients;
import dev.signaltoorder.paper.KeyPermission;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.paper.PaperSettings;
import dev.signaltoorder.testing.ServiceProfile;
import dev.signaltoorder.trading.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys are replaced by replacing files, as Kubernetes does it, at the simulated Kraken. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
@Timeout(120)
class KeyringTest {

  private static final int ORDERS = 100;
  private static final Set<KeyPermission> GOOD =
      EnumSet.of(
          KeyPermission.QUERY_FUNDS,
          KeyPermission.QUERY_OPEN_TRADES,
          KeyPermission.QUERY_CLOSED_TRADES,
          KeyPermission.MODIFY_TRADES);
  private static final SendPermit ALWAYS =
      new SendPermit() {
        @Override
        public @Nullable String begin() {
          return null;
        }

        @Override
        public void done() {}
      };

  @TempDir Path folder;

  private final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  private final Vertx vertx = Vertx.vertx();
  private final PaperExchangeServer server =
      new PaperExchangeServer(PaperSettings.walk(42), clock, vertx);
  private final List<Message> told = new CopyOnWriteArrayList<>();
  private final List<CallRecord> calls = new CopyOnWriteArrayList<>();
  private final List<AddOrderVerdict> verdicts = new CopyOnWriteArrayList<>();
  private final Set<String> fingerprints = ConcurrentHashMap.newKeySet();
  private final URI kraken = server.start();
  private Keyring keyring;
  private KrakenAccountClient client;
  private int versions;

  @BeforeEach
  void oneAccount() throws IOException {
    server.exchange().setPrice("BTC/USD", "50000.0", "50001.0");
    server.createAccount("main");
    replaceFiles(server.createKey("main", GOOD));
    keyring = new Keyring(files(), clock);
    client = TestClients.open(kraken, keyring.inUse(), RestTier.PRO, clock, calls::add);
    keyring.opened(client);
  }

  @AfterEach
  void end() {
    client.close();
    server.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private KeyFiles files() {
    return new KeyFiles(
        "signal-to-order.accounts.main.",
        Optional.of(folder.resolve("trade-key").toString()),
        Optional.of(folder.resolve("trade-secret").toString()),
        Optional.empty(),
        Optional.empty());
  }

  /** A folder of its own, then one symbolic link that is swapped. */
  private void replaceFiles(PaperAccount key) throws IOException {
    replaceFiles(key.apiKey(), key.apiSecret());
  }

  private void replaceFiles(String key, String secret) throws IOException {
    Path version = Files.createDirectory(folder.resolve("..version-" + versions++));
    Files.writeString(version.resolve("trade-key"), key + "\n");
    Files.writeString(version.resolve("trade-secret"), secret + "\n");
    Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
    Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String name : List.of("trade-key", "trade-secret")) {
      if (!Files.exists(folder.resolve(name))) {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
      }
    }
  }

  private void look() {
    keyring.look(told::add);
  }

  private void order() {
    client.addOrder(
        new AddOrderRequest(
            "XBTUSD",
            "buy",
            "market",
            "0.0001",
            null,
            null,
            false,
            UUID.randomUUID().toString(),
            clock.instant().plusSeconds(50).truncatedTo(ChronoUnit.MILLIS),
            false),
        ALWAYS,
        (call, verdict) -> {
          fingerprints.add(String.valueOf(call.keyFingerprint()));
          verdicts.add(verdict);
        });
  }

  @Test
  void keysChangeWhileAHundredOrdersGoThroughAndNoneFails() throws Exception {
    String first = keyring.inUse().fingerprints();
    Thread orders =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < ORDERS; i++) {
                    order();
                    if (i == ORDERS / 2) {
                      await().atMost(Duration.ofMinutes(2)).until(() -> !told.isEmpty());
                    }
                  }
                });
    await().atMost(Duration.ofMinutes(2)).until(() -> verdicts.size() > 5);

    replaceFiles(server.createKey("main", GOOD));
    look();
    look();

    orders.join();
    await().atMost(Duration.ofMinutes(2)).until(() -> verdicts.size() == ORDERS);
    assertThat(verdicts).hasOnlyElementsOfType(AddOrderVerdict.Placed.class);
    assertThat(server.exchange().acceptedAddOrders()).isEqualTo(ORDERS);
    assertThat(calls).allSatisfy(call -> assertThat(call.errors()).isEmpty());
    String second = keyring.inUse().fingerprints();
    assertThat(second).isNotEqualTo(first);
    assertThat(fingerprints).containsExactlyInAnyOrder(first, second);
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            Message.KeysRotated.class,
            rotated -> {
              assertThat(rotated.from()).isEqualTo(first);
              assertThat(rotated.check().keyFingerprints()).isEqualTo(second);
              assertThat(rotated.check().refusals()).isEmpty();
            });
    assertThat(client.keys().fingerprints()).isEqualTo(second);
  }

  @Test
  void aKeyThatCanDoTooMuchIsNotTakenAndTheOldOneGoesOn() throws Exception {
    String first = keyring.inUse().fingerprints();
    Set<KeyPermission> tooMuch = EnumSet.copyOf(GOOD);
    tooMuch.add(KeyPermission.WITHDRAW_FUNDS);

    replaceFiles(server.createKey("main", tooMuch));
    look();
    look();

    await().atMost(Duration.ofMinutes(2)).until(() -> told.size() == 1);
    assertKept(first, "the key can withdraw funds");
    look();
    assertThat(calls).as("not asked again at once").hasSize(1);
    order();
    await().atMost(Duration.ofMinutes(2)).until(() -> verdicts.size() == 1);
    assertThat(verdicts.getFirst()).isInstanceOf(AddOrderVerdict.Placed.class);
    assertThat(fingerprints).containsExactly(first);
  }

  @Test
  void aKeyThatKrakenDoesNotKnowIsNotTaken() throws Exception {
    String first = keyring.inUse().fingerprints();

    replaceFiles("A".repeat(56), "c2VjcmV0LW9mLW5vLWtleS1hdC1hbGw=");
    look();
    look();

    await().atMost(Duration.ofMinutes(2)).until(() -> told.size() == 1);
    assertKept(first, "EAPI:Invalid key");
  }

  @Test
  void filesThatStayUnreadableAreSaidOnceAndChangeNothing() throws Exception {
    String first = keyring.inUse().fingerprints();

    replaceFiles("", "");
    look();
    assertThat(told).as("perhaps they are being written just now").isEmpty();
    look();
    look();

    assertThat(told).hasSize(1);
    assertKept(first, "trade-key-file");
    assertThat(calls).isEmpty();
  }

  @Test
  void aSecretThatDoesNotBelongToItsKeyIsNeverTriedAtKraken() throws Exception {
    String first = keyring.inUse().fingerprints();
    String key = Files.readString(folder.resolve("trade-key")).strip();

    replaceFiles(key, "YW5vdGhlci1zZWNyZXQtb2YtdGhlLXNhbWUta2V5");
    look();
    look();

    assertThat(told).hasSize(1);
    assertKept(first, "both belong together");
    assertThat(calls).isEmpty();
  }

  @Test
  void aKeyWithTheSecretOfTheOneBeforeIsNeverTriedAtKraken() throws Exception {
    String first = keyring.inUse().fingerprints();
    PaperAccount next = server.createKey("main", GOOD);

    replaceFiles(next.apiKey(), Files.readString(folder.resolve("trade-secret")).strip());
    look();
    look();

    await().atMost(Duration.ofMinutes(2)).until(() -> told.size() == 1);
    assertKept(first, "both belong together");
    assertThat(calls).isEmpty();
    replaceFiles(next);
    look();
    look();
    await().atMost(Duration.ofMinutes(2)).until(() -> told.size() == 2);
    assertThat(told.getLast()).isInstanceOf(Message.KeysRotated.class);
  }

  @Test
  void filesThatComeBackAreNoChange() throws Exception {
    String key = Files.readString(folder.resolve("trade-key")).strip();
    String secret = Files.readString(folder.resolve("trade-secret")).strip();

    replaceFiles(server.createKey("main", GOOD));
    look();
    replaceFiles(key, secret);
    look();
    look();

    assertThat(told).isEmpty();
    assertThat(calls).isEmpty();
  }

  private void assertKept(String fingerprint, String reason) {
    assertThat(told.getFirst())
        .isInstanceOfSatisfying(
            Message.KeysNotRotated.class,
            kept -> {
              assertThat(kept.inUse()).isEqualTo(fingerprint);
              assertThat(kept.reason()).contains(reason);
            });
    assertThat(keyring.inUse().fingerprints()).isEqualTo(fingerprint);
    assertThat(client.keys().fingerprints()).isEqualTo(fingerprint);
  }
}
