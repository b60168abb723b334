package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines of one account's keys, and their replacement: no call is lost in it, none is made
 * twice. Thread-safe.
 */
final class AccountLines implements AutoCloseable {

  /** Opens the line of one key. */
  @FunctionalInterface
  interface Opener {
    KeyLine open(String purpose, ApiKey key);
  }

  /** The same line twice if there is one key. */
  private record Lines(KrakenKeys keys, KeyLine trade, KeyLine read) {
    Set<KeyLine> distinct() {
      return Stream.of(trade, read).collect(Collectors.toSet());
    }
  }

  private final Opener opener;
  private volatile Lines current;
  private final List<KeyLine> replaced = new ArrayList<>();
  private boolean closed;

  AccountLines(KrakenKeys keys, Opener opener) {
    this.opener = opener;
    KeyLine trade = opener.open("trade", keys.trade());
    KeyLine read = keys.trade().equals(keys.read()) ? trade : opener.open("read", keys.read());
    this.current = new Lines(keys, trade, read);
  }

  KrakenKeys keys() {
    return current.keys();
  }

  KeyLine tradeLine() {
    return current.trade();
  }

  KeyLine readLine() {
    return current.read();
  }

  /** With the trading key. */
  void trade(PrivateCall call) {
    // A line that refuses was replaced in this very moment: its successor is in place already.
    while (!current.trade().offer(call)) {
      Thread.onSpinWait();
    }
  }

  /** With the reading key. */
  void read(PrivateCall call) {
    while (!current.read().offer(call)) {
      Thread.onSpinWait();
    }
  }

  /** Lines for other keys, which nobody uses yet. */
  Candidate candidate(KrakenKeys keys) {
    Lines now = current;
    KeyLine trade = lineOf("trade", keys.trade(), now);
    KeyLine read = keys.read().equals(keys.trade()) ? trade : lineOf("read", keys.read(), now);
    return new Candidate(new Lines(keys, trade, read));
  }

  /** A key that stays keeps its line: its nonces and its call counter are there. */
  private KeyLine lineOf(String purpose, ApiKey key, Lines now) {
    if (key.equals(now.keys().trade())) {
      return now.trade();
    }
    return key.equals(now.keys().read()) ? now.read() : opener.open(purpose, key);
  }

  /** Other keys, not in use yet. */
  final class Candidate {

    private final Lines next;

    private Candidate(Lines next) {
      this.next = next;
    }

    KrakenKeys keys() {
      return next.keys();
    }

    OrderCalls.Line line(KeyRole role) {
      KeyLine line = role == KeyRole.READ ? next.read() : next.trade();
      return line::offer;
    }

    /**
     * From now on all calls are made with these keys. What waits goes over to them; a call in
     * flight ends with its old key.
     *
     * @return false if the account's client was closed meanwhile
     */
    boolean adopt() {
      Lines old;
      synchronized (AccountLines.this) {
        if (closed) {
          closeAsync(next);
          return false;
        }
        old = current;
        current = next;
        old.distinct().stream()
            .filter(line -> !next.distinct().contains(line))
            .forEach(replaced::add);
      }
      Set<KeyLine> kept = next.distinct();
      for (KeyLine line : old.distinct()) {
        if (!kept.contains(line)) {
          boolean traded = line.equals(old.trade());
          List<PrivateCall> waiting = line.retire();
          waiting.forEach(call -> handOver(call, traded));
        }
      }
      return true;
    }

    /** These keys will not be used. */
    void discard() {
      closeAsync(next);
    }
  }

  private void handOver(PrivateCall call, boolean fromTradeLine) {
    boolean checksTradeKey = call.priority() == Priority.KEY_CHECK && fromTradeLine;
    if (!call.onlyReads() || checksTradeKey) {
      trade(call);
    } else {
      read(call);
    }
  }

  /** Ends the lines that are not in use, without waiting: this may run on one of them. */
  private void closeAsync(Lines lines) {
    Set<KeyLine> used = current.distinct();
    lines.distinct().stream().filter(line -> !used.contains(line)).forEach(KeyLine::retire);
  }

  @Override
  public void close() {
    Lines last;
    List<KeyLine> draining;
    synchronized (this) {
      closed = true;
      last = current;
      draining = List.copyOf(replaced);
    }
    draining.forEach(KeyLine::close);
    last.trade().close();
    last.read().close();
  }
}
