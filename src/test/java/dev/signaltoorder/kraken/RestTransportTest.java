package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.CallOutcome.NoReply;
import dev.signaltoorder.kraken.CallOutcome.NotSent;
import dev.signaltoorder.kraken.CallOutcome.Reply;
import dev.signaltoorder.testing.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the HTTP library really does when a connection goes wrong, against raw sockets. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
@Timeout(180)
class RestTransportTest {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Of tests that wait until it is over. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String BODY = "nonce=1&oflags=post%2Cfciq&deadline=2026-10-10T10%3A00%3A30Z";

  private static Transport.Exchange post(URI uri) {
    return post(uri, ANSWER);
  }

  private static Transport.Exchange post(URI uri, Duration answer) {
    try (Transport transport = new RestTransport(() -> uri, CONNECT, answer)) {
      return transport.post("AddOrder", BODY.getBytes(UTF_8), "the-key", "the+sign/==");
    }
  }

  private static CallOutcome outcomeOf(RawServer.Script script) {
    return outcomeOf(script, ANSWER);
  }

  private static CallOutcome outcomeOf(RawServer.Script script, Duration answer) {
    try (RawServer server = RawServer.with(script)) {
      return post(server.uri(), answer).outcome();
    }
  }

  @Test
  void sendsExactlyTheBytesItWasGivenWithKeyAndSignature() {
    try (RawServer server = RawServer.with(RawServer.http("200 OK", "", "{}"))) {
      post(server.uri());

      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().getFirst())
          .startsWith("POST /0/private/AddOrder HTTP/1.1\r\n")
          .endsWith("\r\n\r\n" + BODY)
          .containsIgnoringCase("\r\nAPI-Key: the-key\r\n")
          .containsIgnoringCase("\r\nAPI-Sign: the+sign/==\r\n")
          .containsIgnoringCase("\r\nUser-Agent: signal-to-order\r\n")
          .containsIgnoringCase("\r\nContent-Type: application/x-www-form-urlencoded")
          .doesNotContainIgnoringCase("Accept-Encoding");
    }
  }

  @Test
  void aPublicQueryOnTheWireIsTheOneInTheRecord() {
    FormBody query = FormBody.EMPTY.with("pair", "XBTUSD,ETHUSD").with("count", "5");
    try (RawServer server = RawServer.with(RawServer.http("200 OK", "", "{}"));
        Transport transport = new RestTransport(server::uri, CONNECT, ANSWER)) {
      transport.get("Depth", query);

      assertThat(server.requests().getFirst())
          .startsWith("GET /0/public/Depth?" + query.encoded() + " HTTP/1.1\r\n");
    }
  }

  @Test
  void returnsStatusBodyAndOrigin() {
    try (RawServer server =
        RawServer.with(RawServer.http("200 OK", "X-Price-Origin: simulated\r\n", "{\"a\":1}"))) {
      Transport.Exchange exchange = post(server.uri());

      assertThat(exchange.origin()).isEqualTo("simulated");
      assertThat(exchange.outcome())
          .isInstanceOfSatisfying(
              Reply.class,
              reply -> {
                assertThat(reply.httpStatus()).isEqualTo(200);
                assertThat(new String(reply.body(), UTF_8)).isEqualTo("{\"a\":1}");
                assertThat(reply.complete()).isTrue();
              });
    }
  }

  @Test
  void aBadGatewayPageIsAReplyWithItsBytes() {
    CallOutcome outcome =
        outcomeOf(
            RawServer.http("502 Bad Gateway", "Content-Type: text/html\r\n", "<html>502</html>"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Reply.class,
            reply -> {
              assertThat(reply.httpStatus()).isEqualTo(502);
              assertThat(new String(reply.body(), UTF_8)).isEqualTo("<html>502</html>");
            });
  }

  @Test
  void anEmptyErrorPageIsAReply() {
    CallOutcome outcome = outcomeOf(RawServer.http("504 Gateway Timeout", "", ""));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Reply.class, reply -> assertThat(reply.httpStatus()).isEqualTo(504));
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (RawServer other = RawServer.with(RawServer.http("200 OK", "", "{}"))) {
      CallOutcome outcome =
          outcomeOf(
              RawServer.http("307 Temporary Redirect", "Location: " + other.uri() + "/0\r\n", ""));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Reply.class, reply -> assertThat(reply.httpStatus()).isEqualTo(307));
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aChunkedAnswerIsReadWhole() {
    CallOutcome outcome =
        outcomeOf(RawServer.text(CHUNKED + "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Reply.class,
            reply -> {
              assertThat(new String(reply.body(), UTF_8)).isEqualTo("{\"a\":1}");
              assertThat(reply.complete()).isTrue();
            });
  }

  @Test
  void aLargeAnswerIsReadWholeAndAHugeOneIsCut() {
    int large = 3 * 1024 * 1024;
    int huge = 9 * 1024 * 1024;

    Reply whole = (Reply) unhurried(bytes(large));
    Reply cut = (Reply) unhurried(bytes(huge));

    assertThat(whole.complete()).isTrue();
    assertThat(whole.body()).hasSize(large);
    assertThat(cut.complete()).isFalse();
    assertThat(cut.body()).hasSize(8 * 1024 * 1024);
  }

  /** Megabytes take their time on a machine that is busy. */
  private static CallOutcome unhurried(RawServer.Script script) {
    try (RawServer server = RawServer.with(script)) {
      return post(server.uri(), Duration.ofSeconds(20)).outcome();
    }
  }

  private static RawServer.Script bytes(int count) {
    return socket -> {
      OutputStream out = socket.getOutputStream();
      out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + count + "\r\n\r\n").getBytes(ISO_8859_1));
      byte[] body = new byte[count];
      Arrays.fill(body, (byte) 'x');
      out.write(body);
    };
  }

  @Test
  void aBodyShorterThanAnnouncedIsNotComplete() {
    CallOutcome outcome =
        outcomeOf(RawServer.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"error\":[]"));

    assertThat(outcome)
        .isInstanceOfSatisfying(Reply.class, reply -> assertThat(reply.complete()).isFalse());
  }

  @Test
  void aChunkedBodyWithoutItsEndIsNotComplete() {
    CallOutcome outcome = outcomeOf(RawServer.text(CHUNKED + "7\r\n{\"a\":1}\r\n"));

    assertThat(outcome)
        .isInstanceOfSatisfying(Reply.class, reply -> assertThat(reply.complete()).isFalse());
  }

  @Test
  void aBodyThatStallsEndsInTime() {
    long start = System.nanoTime();
    CallOutcome outcome =
        outcomeOf(
            socket -> {
              RawServer.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"err").answer(socket);
              Thread.sleep(60_000);
            },
            SHORT);

    assertThat(outcome)
        .isInstanceOfSatisfying(Reply.class, reply -> assertThat(reply.complete()).isFalse());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(10));
  }

  @Test
  void silenceIsATimeout() {
    CallOutcome outcome = outcomeOf(socket -> Thread.sleep(60_000), SHORT);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NoReply.class, none -> assertThat(none.cause()).isEqualTo(Cause.TIMEOUT));
  }

  @Test
  void aResetAfterTheRequestIsALostConnection() {
    CallOutcome outcome = outcomeOf(socket -> socket.setSoLinger(true, 0));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NoReply.class, none -> assertThat(none.cause()).isEqualTo(Cause.CONNECTION_LOST));
  }

  @Test
  void aCloseWithoutAnAnswerIsALostConnection() {
    CallOutcome outcome = outcomeOf(socket -> {});

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NoReply.class, none -> assertThat(none.cause()).isEqualTo(Cause.CONNECTION_LOST));
  }

  @Test
  void anAnswerThatIsNotHttpIsDoubtful() {
    CallOutcome outcome = outcomeOf(RawServer.text("SSH-2.0-OpenSSH_9.6\r\n\r\n"));

    assertThat(outcome).isInstanceOf(NoReply.class);
  }

  @Test
  void halfAStatusLineIsDoubtful() {
    assertThat(outcomeOf(RawServer.text("HTTP/1.1 20"))).isInstanceOf(NoReply.class);
  }

  @Test
  void aReusedConnectionThatTheServerClosedIsNeverProofOfNothingSent() throws Exception {
    try (RawServer server =
            RawServer.with(
                socket -> {
                  RawServer.http("200 OK", "", "{}").answer(socket);
                  // Read the second request, then break the connection.
                  socket.getInputStream().read(new byte[4096]);
                  socket.setSoLinger(true, 0);
                });
        Transport transport = new RestTransport(server::uri, CONNECT, ANSWER)) {
      transport.post("Balance", BODY.getBytes(UTF_8), "k", "s");

      Transport.Exchange second = transport.post("AddOrder", BODY.getBytes(UTF_8), "k", "s");

      assertThat(second.outcome()).isInstanceOf(NoReply.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aRefusedConnectionProvesThatNothingWasSent() throws Exception {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }

    assertThat(post(nobody).outcome())
        .isInstanceOfSatisfying(
            NotSent.class, none -> assertThat(none.cause()).isEqualTo(Cause.CONNECT_FAILED));
  }

  @Test
  void anUnknownHostProvesThatNothingWasSent() {
    assertThat(post(URI.create("http://no-such-host.invalid")).outcome())
        .isInstanceOf(NotSent.class);
  }

  @Test
  void aFailedTlsHandshakeProvesThatNothingWasSent() {
    try (RawServer notTls = RawServer.with(RawServer.text("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      URI https = URI.create("https://127.0.0.1:" + notTls.uri().getPort());

      assertThat(post(https).outcome()).isInstanceOf(NotSent.class);
      assertThat(notTls.requests().toString()).doesNotContain("nonce");
    }
  }

  @Test
  void aTlsHandshakeThatStallsProvesThatNothingWasSent() {
    try (RawServer silent = RawServer.with(socket -> Thread.sleep(60_000))) {
      URI https = URI.create("https://127.0.0.1:" + silent.uri().getPort());

      assertThat(post(https, SHORT).outcome()).isInstanceOf(NotSent.class);
    }
  }

  @Test
  void aServerThatNeverAcceptsLeavesItUnsent() throws Exception {
    // A listener whose queue is full drops further connection attempts.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      java.util.List<java.net.Socket> fillers = new java.util.ArrayList<>();
      for (int i = 0; i < 4; i++) {
        java.net.Socket filler = new java.net.Socket();
        fillers.add(filler);
        try {
          filler.connect(full.getLocalSocketAddress(), 200);
        } catch (java.io.IOException e) {
          break;
        }
      }

      CallOutcome outcome =
          post(URI.create("http://127.0.0.1:" + full.getLocalPort()), SHORT).outcome();

      assertThat(outcome).isInstanceOf(NotSent.class);
      for (java.net.Socket filler : fillers) {
        filler.close();
      }
    }
  }
}
