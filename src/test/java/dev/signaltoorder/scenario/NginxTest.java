package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.TestCertificate;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The service behind nginx, as {@code deploy/proxy/nginx.conf} has it. */
@QuarkusTest
@TestProfile(NginxTest.Behind.class)
@EnabledIf(value = "isThere", disabledReason = "no nginx here")
class NginxTest extends RunningService {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final Path EXAMPLE = Path.of("deploy", "proxy", "nginx.conf");
  private static final String SENDERS_ADDRESS = "127.0.0.2";
  private static final String PROXYS_ADDRESS = "127.0.0.1";

  /** Longer than any limit of the example, in drops of one byte a second. */
  private static final int DROPS_MAX = 60;

  /** As deploy/proxy/README.md says; one source may deliver from one address only. */
  public static class Behind extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
      settings.put("quarkus.http.proxy.trusted-proxies", PROXYS_ADDRESS);
      settings.put(
          "signal-to-order.sources." + ServiceResource.FLAT + ".allowed-addresses",
          SENDERS_ADDRESS);
      return settings;
    }
  }

  @TestHTTPResource("/")
  URI direct;

  @TempDir static Path folder;

  private static TestCertificate certificate;

  @TempDir Path place;

  private final int sendersPort = freePort();
  private final int peoplesPort = freePort();
  private Process nginx;

  static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = TestCertificate.of("localhost", folder, "its");
  }

  @BeforeEach
  void startNginx() throws Exception {
    Path key = Files.writeString(place.resolve("its.key"), certificate.keyPem());
    String site = Files.readString(EXAMPLE);
    site = changed(site, "listen 443 ssl", "listen 127.0.0.1:" + sendersPort + " ssl");
    site = changed(site, "listen 8443 ssl", "listen 127.0.0.1:" + peoplesPort + " ssl");
    site = changed(site, "/etc/ssl/signals.example/fullchain.pem", certificate.pem().toString());
    site = changed(site, "/etc/ssl/signals.example/privkey.pem", key.toString());
    site = changed(site, "http://127.0.0.1:8080", "http://127.0.0.1:" + direct.getPort());
    site = changed(site, "allow 10.0.0.0/8", "allow 127.0.0.1");
    Files.writeString(place.resolve("site.conf"), site);
    Files.writeString(place.resolve("nginx.conf"), frame());
    nginx =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-p",
                place.toString(),
                "-c",
                place.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("said").toFile())
            .start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              assertThat(nginx.isAlive()).as(Files.readString(place.resolve("said"))).isTrue();
              return listens(sendersPort);
            });
  }

  /** What the example is put into. */
  private String frame() {
    String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
    return user
        + "daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log error.log;\nevents {}\n"
        + "http {\n  access_log off;\n  client_body_temp_path body;\n  proxy_temp_path proxy;\n"
        + "  fastcgi_temp_path fastcgi;\n  uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n"
        + "  include site.conf;\n}\n";
  }

  private static String changed(String text, String from, String to) {
    assertThat(text).as("the example").contains(from);
    return text.replace(from, to);
  }

  @AfterEach
  void stopNginx() throws Exception {
    nginx.destroy();
    nginx.waitFor();
  }

  @Test
  void aSignedDeliveryHasItsSendersAddress() throws Exception {
    assertThat(flat(SENDERS_ADDRESS).status()).isEqualTo(202);
    assertThat(flat(PROXYS_ADDRESS).status()).as("from another address").isEqualTo(401);
    assertThat(pretending(securely(sendersPort), client(PROXYS_ADDRESS)))
        .as("nginx throws away what a sender says of itself")
        .isEqualTo(401);
    assertThat(pretending(direct, client("127.0.0.3")))
        .as("and the service believes nobody but nginx")
        .isEqualTo(401);
    assertThat(demo().over(client(PROXYS_ADDRESS), securely(sendersPort)).send(payload()).status())
        .isEqualTo(202);
  }

  @Test
  void fromOutsideThereIsNothingButWebhooks() throws Exception {
    HttpClient client = client(PROXYS_ADDRESS);
    for (String path : new String[] {"/", "/audit/report", "/operations/status", "/q/metrics"}) {
      HttpRequest request =
          HttpRequest.newBuilder(securely(sendersPort).resolve(path)).GET().build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    }
    HttpRequest get =
        HttpRequest.newBuilder(securely(sendersPort).resolve("/webhooks/demo")).GET().build();
    assertThat(client.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
  }

  @Test
  void anActOfTheConsolesOwnPageIsDoneAndOneOfAnothersIsNot() throws Exception {
    String own = "https://localhost:" + peoplesPort;

    HttpResponse<String> done = resume(own, "same-origin");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(resume("https://evil.example", "cross-site").statusCode()).isEqualTo(403);
    assertThat(resume("https://localhost", "same-site").statusCode()).isEqualTo(403);
  }

  @Test
  void whoeverDripsHeadersIsCutOff() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificate.client(null)
                .getSocketFactory()
                .createSocket(PROXYS_ADDRESS, sendersPort)) {
      socket.setSoTimeout(1_000);
      socket
          .getOutputStream()
          .write("POST /webhooks/demo HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      int drops = 0;
      while (drops < DROPS_MAX && !isClosed(socket)) {
        drops++;
      }
      assertThat(drops).as("drops until it was cut off").isLessThan(DROPS_MAX);
    }
    assertThat(flat(SENDERS_ADDRESS).status()).as("others are served").isEqualTo(202);
  }

  /** Sends one byte more, then listens for a second. */
  private static boolean isClosed(SSLSocket socket) {
    try {
      socket.getOutputStream().write('x');
      socket.getOutputStream().flush();
      // An answer is as good as an end: the request was not read any further.
      socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private Answer flat(String from) throws Exception {
    return sender(ServiceResource.FLAT)
        .over(client(from), securely(sendersPort))
        .send(Sender.freshId(), payload().flat());
  }

  /** The status of a delivery that claims to be the right sender's. */
  private static int pretending(URI service, HttpClient client) throws Exception {
    String id = Sender.freshId();
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    byte[] body = payload().flat();
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/webhooks/" + ServiceResource.FLAT))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", SENDERS_ADDRESS)
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", Sender.hmac(TestSecrets.OTHERS, id, timestamp, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private HttpResponse<String> resume(String origin, String site) throws Exception {
    String credentials = TestSecrets.OPERATOR + ":" + TestSecrets.passwordOf(TestSecrets.OPERATOR);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + peoplesPort + "/operations/resume"))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)))
            .header("Origin", origin)
            .header("Sec-Fetch-Site", site)
            .POST(BodyPublishers.ofString("{\"reason\":\"through nginx\"}"))
            .build();
    return client(PROXYS_ADDRESS).send(request, BodyHandlers.ofString());
  }

  private static Payload payload() {
    return Payload.of("CANCEL", freshStrategy());
  }

  private static URI securely(int port) {
    return URI.create("https://127.0.0.1:" + port + "/");
  }

  private static HttpClient client(String from) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(InetAddress.getByName(from))
        .sslContext(TestCertificate.client(null))
        .build();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
