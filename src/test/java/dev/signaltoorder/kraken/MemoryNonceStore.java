package dev.signaltoorder.kraken;

import java.util.HashMap;
import java.util.Map;

/** Behaves as the contract of {@link NonceStore} says, and can be made to fail. */
final class MemoryNonceStore implements NonceStore {

  private final Map<String, Long> marks = new HashMap<>();
  private int reservations;
  private boolean failing;

  @Override
  public synchronized long reserve(String keyFingerprint, long atLeast, long block) {
    if (failing) {
      throw new IllegalStateException("not committed");
    }
    reservations++;
    long first = Math.max(atLeast, marks.getOrDefault(keyFingerprint, -1L) + 1);
    marks.put(keyFingerprint, first + block - 1);
    return first;
  }

  synchronized long mark(String keyFingerprint) {
    return marks.getOrDefault(keyFingerprint, -1L);
  }

  synchronized int reservations() {
    return reservations;
  }

  synchronized void failing(boolean failing) {
    this.failing = failing;
  }
}
