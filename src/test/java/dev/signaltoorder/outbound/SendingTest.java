package dev.signaltoorder.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import dev.signaltoorder.testing.StallingReceiver;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which things are told, and receivers that do not play along. */
@NullUnmarked // the fields are set before each test
class SendingTest {
  private static final String BOT = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr";
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger answer = new AtomicInteger(200);
  private final HttpSending http = new HttpSending();
  private HttpServer server;

  @BeforeEach
  void aReceiver() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type"));
          asked.add(body);
          exchange.getResponseHeaders().add("Retry-After", "17");
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  @Test
  void telegramIsAskedToSendTheLineToTheChat() throws Exception {
    telegram(BOT).send(event("halted: \"a\" <b> & c"));

    assertThat(asked).hasSize(2);
    assertThat(asked.getFirst()).isEqualTo("POST /bot" + BOT + "/sendMessage application/json");
    JsonNode body = new ObjectMapper().readTree(asked.get(1));
    assertThat(body.path("chat_id").textValue()).isEqualTo("-1001234567890");
    // Plain text: without parse_mode nothing in it is read as markup.
    assertThat(body.path("text").textValue()).isEqualTo("halted: \"a\" <b> & c");
    assertThat(body.path("disable_web_page_preview").booleanValue()).isTrue();
    assertThat(body.size()).isEqualTo(3);
  }

  @Test
  void telegramsWishToWaitIsHonouredAndItsTokenIsInNoMessage() throws Exception {
    answer.set(429);

    assertThatThrownBy(() -> telegram(BOT).send(event("halted")))
        .isInstanceOfSatisfying(
            Sending.NotTakenException.class,
            failure -> assertThat(failure.retryAfterSeconds()).isEqualTo(17))
        .hasMessage("it answered 429");
  }

  @Test
  void whatIsNoBotTokenIsNotSentAnywhere() throws Exception {
    assertThatThrownBy(() -> telegram("123456789:../../x").send(event("halted")))
        .isInstanceOf(Sending.NotTakenException.class)
        .hasMessage("its file holds no bot token");
    assertThat(asked).isEmpty();
  }

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aReceiverThatStallsAfterItsHeadersHasNotTakenIt() throws Exception {
    HttpSending impatient = new HttpSending(SHORT);
    try (StallingReceiver receiver = new StallingReceiver()) {
      // Again where a slow machine had not even asked within so short a time.
      await()
          .atMost(LONG)
          .until(
              () -> {
                assertThatThrownBy(
                        () -> impatient.post(receiver.address(), new byte[] {'{', '}'}, Map.of()))
                    .isInstanceOf(Sending.NotTakenException.class)
                    .hasMessageStartingWith("no answer: Http");
                return receiver.givenUp() > 0;
              });
      receiver.answerFromNowOn();

      await()
          .atMost(LONG)
          .ignoreException(Sending.NotTakenException.class)
          .until(
              () -> {
                impatient.post(receiver.address(), new byte[] {'{', '}'}, Map.of());
                return true;
              });
      assertThat(receiver.answered()).isPositive();
    } finally {
      impatient.close();
    }
  }

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aMailServerThatStallsHasNotTakenIt() {
    ReactiveMailer stalls =
        new ReactiveMailer() {
          @Override
          public Uni<Void> send(Mail... mails) {
            return Uni.createFrom().nothing();
          }
        };

    assertThatThrownBy(
            () -> new MailSending(stalls, "operator@example.com", SHORT).send(event("halted")))
        .isInstanceOf(Sending.NotTakenException.class)
        .hasMessage("the mail was not taken: TimeoutException");
  }

  @Test
  void aMailServerThatIsNotTrustedIsCalledThat() {
    ReactiveMailer untrusted =
        new ReactiveMailer() {
          @Override
          public Uni<Void> send(Mail... mails) {
            return Uni.createFrom().failure(new SSLHandshakeException("of no interest"));
          }
        };

    assertThatThrownBy(
            () -> new MailSending(untrusted, "operator@example.com", LONG).send(event("halted")))
        .isInstanceOf(Sending.NotTakenException.class)
        .hasMessage("the mail was not taken: SSLHandshakeException");
  }

  private TelegramSending telegram(String token) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), token + "\n");
    return new TelegramSending(
        http,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        new SecretFile(file),
        "-1001234567890");
  }

  private static OutboundEvent event(String text) {
    return new OutboundEvent(
        "main-1", "halt", Instant.EPOCH, JsonNodeFactory.instance.objectNode(), text);
  }
}
