package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.TestCertificate;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * TLS that ends in the service: a source that must show a certificate, and a new one of our own.
 */
@QuarkusTest
@TestProfile(TlsTest.Tls.class)
class TlsTest extends RunningService {
  private static final String GUARDED = ServiceResource.FLAT;
  private static final Path FOLDER = folder();

  // In place before the service starts: the profile names the files.
  private static final TestCertificate OURS = certificate("localhost", "ours");
  private static final TestCertificate OUR_NEXT = certificate("localhost", "next");
  private static final TestCertificate TRADER = certificate("trader one", "trader");
  private static final TestCertificate SOMEBODY_ELSE = certificate("trader two", "else");
  private static final TestCertificate UNKNOWN = certificate("trader one", "unknown");

  /** The service with TLS, and one source that wants a certificate. */
  public static class Tls extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("quarkus.http.test-ssl-port", "0");
      settings.put("quarkus.http.tls-configuration-name", "ours");
      settings.put("quarkus.tls.ours.key-store.p12.path", OURS.file().toString());
      settings.put("quarkus.tls.ours.key-store.p12.password", TestCertificate.PASSWORD);
      settings.put(
          "quarkus.tls.ours.trust-store.pem.certs", TRADER.pem() + "," + SOMEBODY_ELSE.pem());
      settings.put("signal-to-order.sources." + GUARDED + ".client-certificate", "trader one");
      return settings;
    }
  }

  @Test
  void aSourceThatMustShowACertificateIsTakenWithItAndNotWithoutOrWithAnother() throws Exception {
    assertThat(flat(TRADER).status()).isEqualTo(202);

    assertThat(flat(null).status()).isEqualTo(401);
    assertThat(flat(SOMEBODY_ELSE).status()).isEqualTo(401);
    // Whoever signed it is not known here: TLS ends the conversation.
    assertThatThrownBy(() -> flat(UNKNOWN)).isInstanceOf(UncheckedIOException.class);
    assertThat(sender(GUARDED).send(Sender.freshId(), payload().flat()).status())
        .as("without TLS there is no certificate")
        .isEqualTo(401);
  }

  @Test
  void otherSourcesAndPeopleNeedNone() throws Exception {
    assertThat(delivered().status()).isEqualTo(202);
    assertThat(reviewer().get("/audit/report").status()).isEqualTo(200);
  }

  @Test
  void aCertificateThatIsReplacedIsShownSoonAndNoDeliveryIsLost() throws Exception {
    X509Certificate before = await().ignoreExceptions().until(this::shown, shown -> true);
    AtomicBoolean enough = new AtomicBoolean();
    List<Answer> answers = new ArrayList<>();
    Thread deliveries =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!enough.get()) {
                    answers.add(delivered());
                  }
                });

    // In one step, as secrets are replaced: never is there half a file.
    Files.move(OUR_NEXT.file(), OURS.file(), StandardCopyOption.ATOMIC_MOVE);
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> !shown().equals(before));
    enough.set(true);
    deliveries.join();

    assertThat(answers).isNotEmpty().extracting(Answer::status).containsOnly(202);
  }

  /**
   * On a connection of its own, so that each shakes hands; as senders do, once more with the same
   * id where the handshake was cut off: that happens in the moment in which the server changes
   * over.
   */
  private Answer delivered() {
    String id = Sender.freshId();
    byte[] body = payload().bytes();
    UncheckedIOException cut = null;
    for (int attempt = 0; attempt < 2; attempt++) {
      try (HttpClient client = client(null)) {
        return demo().over(client, secure()).send(id, body);
      } catch (UncheckedIOException e) {
        cut = e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("cut off twice", cut);
  }

  private Answer flat(@Nullable TestCertificate certificate) throws Exception {
    try (HttpClient client = client(certificate)) {
      return sender(GUARDED).over(client, secure()).send(Sender.freshId(), payload().flat());
    }
  }

  private X509Certificate shown() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificate.client(null)
                .getSocketFactory()
                .createSocket(secure().getHost(), secure().getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static HttpClient client(@Nullable TestCertificate certificate) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(TestCertificate.client(certificate))
        .build();
  }

  private static Payload payload() {
    return Payload.limit("BUY", freshStrategy(), ASK, "0.001");
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("signal-to-order-tls");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestCertificate certificate(String commonName, String name) {
    try {
      return TestCertificate.of(commonName, FOLDER, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
