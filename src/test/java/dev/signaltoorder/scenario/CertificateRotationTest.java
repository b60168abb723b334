package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Load;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.TestCertificate;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The certificate of a service that ends TLS itself is replaced, in PEM files, under load. */
@QuarkusTest
@TestProfile(CertificateRotationTest.Pem.class)
class CertificateRotationTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final String ALARM = "ALARM: quarkus.tls.pem: ";
  private static final ObjectMapper JSON = new ObjectMapper();

  // In place before the service starts: the profile names the files.
  private static final Path FOLDER = folder();
  private static final Path CERTIFICATE = FOLDER.resolve("fullchain.pem");
  private static final Path KEY = FOLDER.resolve("privkey.pem");
  private static final TestCertificate FIRST = first();

  /** TLS from PEM files, without any period of reading them again. */
  public static class Pem extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("quarkus.http.test-ssl-port", "0");
      settings.put("quarkus.http.tls-configuration-name", "pem");
      settings.put("quarkus.tls.pem.key-store.pem.0.cert", CERTIFICATE.toString());
      settings.put("quarkus.tls.pem.key-store.pem.0.key", KEY.toString());
      return settings;
    }
  }

  private Load load;

  @BeforeEach
  void deliver() {
    load = Load.of(this::delivered, 202);
  }

  @AfterEach
  void putTheFirstBack() throws Exception {
    put(CERTIFICATE, Files.readString(FIRST.pem()));
    put(KEY, FIRST.keyPem());
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> shows(FIRST) && refused() == 0);
    load.endsWithoutAFailure();
    // On record a moment later: the next test counts what is.
    String first = fingerprint(FIRST.certificate());
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> lastOnRecord(first).equals(first));
  }

  @Test
  void oneInTwoFilesIsShownOnceBothAreThereAndIsOnRecord() throws Exception {
    TestCertificate next = TestCertificate.of("next", FOLDER, "next");
    assertThat(shows(FIRST)).isTrue();

    try (LogWatch log = LogWatch.start()) {
      put(CERTIFICATE, Files.readString(next.pem()));
      await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> log.text().contains(ALARM));
      assertThat(log.text()).contains("does not fit");
    }
    assertThat(shows(FIRST)).as("half a replacement is none").isTrue();
    assertThat(refused()).isEqualTo(1);
    put(KEY, next.keyPem());
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> shows(next));

    String fingerprint = fingerprint(next.certificate());
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> replacedBy(fingerprint).count() == 1);
    JsonNode body = replacedBy(fingerprint).findFirst().orElseThrow();
    assertThat(body.path("what").textValue()).isEqualTo("tls pem");
    assertThat(body.path("from").textValue()).isEqualTo(fingerprint(FIRST.certificate()));
    assertThat(body.path("subject").textValue()).isEqualTo("CN=next");
    assertThat(body.path("notAfter").textValue())
        .isEqualTo(next.certificate().getNotAfter().toInstant().toString());
    assertThat(metric("not_after_seconds"))
        .isEqualTo((double) next.certificate().getNotAfter().toInstant().getEpochSecond());
    assertThat(refused()).isZero();
    int before = load.good();
    await().atMost(PATIENCE).until(() -> load.good() > before + 5);
  }

  @Test
  void aFileThatHoldsNoneChangesNothingAndAlarms() throws Exception {
    keepsTheFirst("no certificate at all", FIRST.keyPem(), "");
  }

  @Test
  void oneThatIsOutOfDateChangesNothingAndAlarms() throws Exception {
    TestCertificate old = TestCertificate.expired("localhost", FOLDER, "old");

    keepsTheFirst(Files.readString(old.pem()), old.keyPem(), "out of date since");
  }

  private void keepsTheFirst(String certificate, String key, String said) throws Exception {
    long before = replaced().count();
    try (LogWatch log = LogWatch.start()) {
      put(CERTIFICATE, certificate);
      put(KEY, key);
      // One of the files alone, had it been looked at in between, is wrong in another way.
      await()
          .atMost(PATIENCE)
          .pollInterval(PAUSE)
          .until(
              () ->
                  log.text().lines().anyMatch(line -> line.contains(ALARM) && line.contains(said)));
      assertThat(log.text()).doesNotContain(key.lines().skip(1).findFirst().orElseThrow());
    }
    assertThat(refused()).isEqualTo(1);
    assertThat(shows(FIRST)).isTrue();
    assertThat(replaced().count()).isEqualTo(before);
  }

  /**
   * On a connection of its own, so that each shakes hands; as senders do, again with the same id
   * where the connection was cut off: that happens while the server changes over.
   */
  private Answer delivered() {
    String id = Sender.freshId();
    byte[] body = Payload.of("CANCEL", freshStrategy()).bytes();
    AtomicInteger tries = new AtomicInteger();
    Answer answer =
        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(PAUSE)
            .ignoreExceptionsInstanceOf(UncheckedIOException.class)
            .until(
                () -> {
                  tries.incrementAndGet();
                  return once(id, body);
                },
                any -> true);
    // Cut off after it had been taken, it is a duplicate of itself.
    return tries.get() > 1 && answer.status() == 200
        ? new Answer(202, answer.headers(), answer.body())
        : answer;
  }

  private Answer once(String id, byte[] body) {
    try (HttpClient client = client()) {
      return demo().over(client, secure()).send(id, body);
    }
  }

  private static HttpClient client() {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(TestCertificate.client(null))
          .build();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean shows(TestCertificate certificate) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificate.client(null)
                .getSocketFactory()
                .createSocket(secure().getHost(), secure().getPort())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0].equals(certificate.certificate());
    } catch (IOException e) {
      // In the moment of the change.
      return false;
    }
  }

  private double refused() {
    return metric("refused");
  }

  private double metric(String what) {
    String name = "signal_to_order_certificate_" + what + "{certificate=\"pem\"} ";
    return atManagementPort()
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private Stream<JsonNode> replacedBy(String fingerprint) {
    return replaced().filter(body -> body.path("to").asText().equals(fingerprint));
  }

  /** What was shown last, as the record has it. */
  private String lastOnRecord(String orElse) {
    return replaced()
        .filter(body -> body.path("what").asText().equals("tls pem"))
        .reduce((before, after) -> after)
        .map(body -> body.path("to").asText())
        .orElse(orElse);
  }

  private Stream<JsonNode> replaced() {
    return reviewer()
        .get("/audit/export?account=" + RoomyProfile.ACCOUNT)
        .body()
        .lines()
        .filter(line -> line.contains("certificate-replaced"))
        .map(CertificateRotationTest::body);
  }

  private static JsonNode body(String line) {
    try {
      return JSON.readTree(JSON.readTree(line).path("canonical").asText()).findParent("subject");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fingerprint(X509Certificate certificate) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
  }

  private static void put(Path file, String content) throws IOException {
    Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("signal-to-order-pem");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestCertificate first() {
    try {
      TestCertificate first = TestCertificate.of("localhost", FOLDER, "first");
      Files.writeString(CERTIFICATE, Files.readString(first.pem()));
      Files.writeString(KEY, first.keyPem());
      return first;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
