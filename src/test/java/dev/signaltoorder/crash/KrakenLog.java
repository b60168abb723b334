package dev.signaltoorder.crash;

import dev.signaltoorder.crash.KrakenGate.Call;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What arrived at the exchange, over all gates and programs, and what no sender of orders may ever
 * do. Thread-safe.
 */
final class KrakenLog {
  /** What the database said of an order's intent when the order arrived. */
  enum Intent {
    COMMITTED,
    MISSING,
    /** The database did not answer; the checker judges later. */
    UNKNOWN
  }

  /** A call of a program that was killed may be as late as this, in nanoseconds. */
  private static final long ON_ITS_WAY = 5_000_000_000L;

  private final Function<String, Intent> witness;
  private final Supplier<List<String>> book;
  private final AtomicReference<@Nullable CompletableFuture<Call>> nextOrder =
      new AtomicReference<>();
  private final Map<String, Integer> addOrders = new ConcurrentHashMap<>();
  private final Map<String, BigInteger> highestNonces = new ConcurrentHashMap<>();
  private final Map<String, Boolean> nonces = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean noOrderMayBegin;
  private volatile boolean severalPrograms;
  private volatile long oneSince = System.nanoTime();

  /**
   * @param witness asks the database for the intent with a client order id, now
   * @param book says what is wrong with the exchange's book, now
   */
  KrakenLog(Function<String, Intent> witness, Supplier<List<String>> book) {
    this.witness = witness;
    this.book = book;
  }

  /** A call has arrived. */
  void observe(Call call) {
    if (!call.field("nonce").isEmpty()) {
      observeNonce(call);
      // Every call finds the book as those before it left it.
      book.get().stream().filter(Predicate.not(violations::contains)).forEach(violations::add);
    }
    if (!call.isAddOrder()) {
      return;
    }
    String id = call.clientOrderId();
    if (addOrders.merge(id, 1, Integer::sum) > 1) {
      violations.add("AddOrder was sent again for " + id);
    }
    if (noOrderMayBegin) {
      violations.add("AddOrder arrived after a halt had been answered: " + id);
    }
    if (witness.apply(id) == Intent.MISSING) {
      violations.add("AddOrder arrived before its intent was committed: " + id);
    }
    CompletableFuture<Call> arrival = nextOrder.getAndSet(null);
    if (arrival != null) {
      arrival.complete(call);
    }
  }

  private void observeNonce(Call call) {
    BigInteger nonce = new BigInteger(call.field("nonce"));
    if (nonces.put(call.key() + nonce, true) != null) {
      violations.add("a nonce was used twice, by " + call.endpoint());
    }
    BigInteger before = highestNonces.merge(call.key(), nonce, BigInteger::max);
    // A call that a paused program had begun may arrive after those of its successor.
    if (before.compareTo(nonce) > 0
        && !severalPrograms
        && System.nanoTime() - oneSince > ON_ITS_WAY) {
      violations.add(
          "nonce %s is below %s that was used before, by %s, %.3f s after one program was left"
              .formatted(nonce, before, call.endpoint(), (System.nanoTime() - oneSince) / 1e9));
    }
  }

  /** Something else that must not happen. */
  void violation(String text) {
    violations.add(text);
  }

  /** While it is true, more than one program may be at work: an old one may still be talking. */
  void severalPrograms(boolean several) {
    oneSince = System.nanoTime();
    severalPrograms = several;
  }

  /** Completes when the next AddOrder arrives. */
  CompletableFuture<Call> nextAddOrder() {
    CompletableFuture<Call> arrival = new CompletableFuture<>();
    nextOrder.set(arrival);
    return arrival;
  }

  /** From now on an arriving AddOrder breaks the promise of a halt. */
  void forbidAddOrders() {
    noOrderMayBegin = true;
  }

  void allowAddOrders() {
    noOrderMayBegin = false;
  }

  /** How often AddOrder arrived, by client order id. */
  Map<String, Integer> addOrdersById() {
    return Map.copyOf(addOrders);
  }

  int addOrders() {
    return addOrders.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What must never happen and did. */
  List<String> violations() {
    return new ArrayList<>(violations);
  }
}
