package dev.signaltoorder.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import dev.signaltoorder.crash.Trap.At;
import dev.signaltoorder.testing.ExchangeDoor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a program and the simulated exchange: sees every call in the moment it arrives,
 * can hold it or its answer, and can fall silent like a network that is cut.
 */
final class KrakenGate implements AutoCloseable {
  private static final Set<String> PRICES = Set.of("Ticker", "Depth");
  private static final Duration LONGEST_STALL = Duration.ofSeconds(20);

  /** A call of the program. */
  record Call(String endpoint, String key, String form) {
    boolean isAddOrder() {
      return endpoint.equals("AddOrder");
    }

    boolean isStop() {
      return isAddOrder() && field("ordertype").equals("stop-loss");
    }

    boolean isAmend() {
      return endpoint.equals("AmendOrder");
    }

    boolean isStopMove() {
      return isAmend() && !field("trigger_price").isEmpty();
    }

    boolean isLookUp() {
      return endpoint.equals("OpenOrders") || endpoint.equals("ClosedOrders");
    }

    String field(String name) {
      Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(form);
      return matcher.find() ? matcher.group(1) : "";
    }

    String clientOrderId() {
      return field("cl_ord_id");
    }
  }

  private final KrakenLog log;
  private final Wire wire = new Wire();
  private final ExchangeDoor door;
  private final AtomicReference<@Nullable Trap<Call>> armed = new AtomicReference<>();
  private final AtomicBoolean cutNextOrderReply = new AtomicBoolean();
  private volatile @Nullable CountDownLatch pricesStall;

  /**
   * @param exchange the simulated exchange
   * @param log where every call that arrives is put on record
   */
  KrakenGate(URI exchange, KrakenLog log) {
    this.log = log;
    door = new ExchangeDoor(exchange, this::carry);
  }

  URI address() {
    return door.address();
  }

  /** Catches the next call that fits. */
  Trap<Call> arm(At at, Predicate<Call> which) {
    Trap<Call> trap = new Trap<>(at, which);
    armed.set(trap);
    return trap;
  }

  void disarm() {
    armed.set(null);
    cutNextOrderReply.set(false);
  }

  /** Of the next reply to AddOrder only the first half goes back. */
  void cutNextOrderReply() {
    cutNextOrderReply.set(true);
  }

  /** No price is answered until {@link #answerPrices}. */
  void stallPrices() {
    pricesStall = new CountDownLatch(1);
  }

  void answerPrices() {
    CountDownLatch stall = pricesStall;
    pricesStall = null;
    if (stall != null) {
      stall.countDown();
    }
  }

  /** The network is cut: calls and answers stay on their way until {@link #heal}. */
  void silence() {
    wire.silence();
  }

  void heal() {
    wire.heal();
  }

  private void carry(HttpExchange program) throws IOException {
    try (program) {
      byte[] body = program.getRequestBody().readAllBytes();
      String path = program.getRequestURI().getPath();
      String key = String.valueOf(program.getRequestHeaders().getFirst("API-Key"));
      Call call =
          new Call(path.substring(path.lastIndexOf('/') + 1), key, new String(body, US_ASCII));
      wire.pass();
      log.observe(call);
      waitForPrices(call);
      Trap<Call> trap = take(call);
      if (trap != null && trap.at() == At.BEFORE && !trap.hold(call)) {
        return;
      }
      HttpResponse<byte[]> answer = door.forward(program, body);
      if (trap != null && trap.at() == At.AFTER && !trap.hold(call)) {
        return;
      }
      wire.pass();
      answer(program, call, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitForPrices(Call call) throws InterruptedException {
    CountDownLatch stall = pricesStall;
    if (stall != null
        && PRICES.contains(call.endpoint())
        && !stall.await(LONGEST_STALL.toSeconds(), TimeUnit.SECONDS)) {
      log.violation("a test forgot to let prices through");
    }
  }

  private @Nullable Trap<Call> take(Call call) {
    Trap<Call> trap = armed.get();
    boolean caught = trap != null && trap.fits(call) && armed.compareAndSet(trap, null);
    return caught ? trap : null;
  }

  private void answer(HttpExchange program, Call call, HttpResponse<byte[]> answer)
      throws IOException {
    for (String name : List.of("Content-Type", "X-Price-Origin")) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> program.getResponseHeaders().set(name, value));
    }
    byte[] body = answer.body();
    program.sendResponseHeaders(answer.statusCode(), body.length);
    OutputStream out = program.getResponseBody();
    if (call.isAddOrder() && cutNextOrderReply.compareAndSet(true, false)) {
      out.write(body, 0, body.length / 2);
      out.flush();
      return;
    }
    out.write(body);
  }

  @Override
  public void close() {
    answerPrices();
    heal();
    door.close();
  }
}
