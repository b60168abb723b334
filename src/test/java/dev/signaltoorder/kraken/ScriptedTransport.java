package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers from a list; the last answer is repeated. Can hold calls until they are let go. */
final class ScriptedTransport implements Transport {

  record Sent(String endpoint, String body, String apiKey, String apiSign) {}

  private final List<Sent> sent = new ArrayList<>();
  private final Deque<CallOutcome> answers = new ArrayDeque<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile @Nullable Semaphore turnstile;
  private volatile boolean closed;

  ScriptedTransport answering(CallOutcome... outcomes) {
    synchronized (this) {
      answers.addAll(List.of(outcomes));
    }
    return this;
  }

  ScriptedTransport answering(String... bodies) {
    for (String body : bodies) {
      answering(Calls.reply(200, body));
    }
    return this;
  }

  /** From now on calls wait until {@link #letGo}. */
  void hold() {
    turnstile = new Semaphore(0);
  }

  void letGo(int calls) {
    Semaphore gate = turnstile;
    if (gate != null) {
      gate.release(calls);
    }
  }

  @Override
  public Exchange get(String endpoint, FormBody query) {
    return exchange(new Sent(endpoint, query.encoded(), "", ""));
  }

  @Override
  public Exchange post(String endpoint, byte[] body, String apiKey, String apiSign) {
    return exchange(new Sent(endpoint, new String(body, UTF_8), apiKey, apiSign));
  }

  private Exchange exchange(Sent call) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      synchronized (this) {
        sent.add(call);
      }
      Semaphore gate = turnstile;
      if (gate != null) {
        gate.acquireUninterruptibly();
      }
      synchronized (this) {
        CallOutcome next = answers.size() > 1 ? answers.removeFirst() : answers.peekFirst();
        return new Exchange(next == null ? Calls.reply(200, "{\"error\":[]}") : next, null);
      }
    } finally {
      inFlight.decrementAndGet();
    }
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  List<String> endpoints() {
    return sent().stream().map(Sent::endpoint).toList();
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
