package dev.signaltoorder.journal;

import java.util.ArrayList;
import java.util.List;

/** Makes the proofs of RFC 6962, sections 2.1.1 and 2.1.2, out of a log's subtrees. */
final class Proofs {
  private final Subtrees subtrees;

  Proofs(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /** The edge of the tree of the first {@code size} leaves. */
  Frontier frontier(long size) {
    return Frontier.of(size, cover(0, size));
  }

  /**
   * That leaf {@code index} is in the tree of the first {@code size} leaves.
   *
   * @param index from 0, less than {@code size}
   */
  List<byte[]> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
    }
    List<byte[]> proof = new ArrayList<>();
    path(index, 0, size, proof);
    return proof;
  }

  /** That the tree of {@code second} leaves begins with the tree of {@code first} leaves. */
  List<byte[]> consistency(long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException(first + " leaves are no beginning of " + second);
    }
    List<byte[]> proof = new ArrayList<>();
    if (first > 0 && first < second) {
      subproof(first, 0, second, true, proof);
    }
    return proof;
  }

  /** PATH(m, D[low:high]); m counted from the log's beginning. */
  private void path(long index, long low, long high, List<byte[]> proof) {
    if (high - low == 1) {
      return;
    }
    long middle = low + split(high - low);
    if (index < middle) {
      path(index, low, middle, proof);
      proof.add(range(middle, high));
    } else {
      path(index, middle, high, proof);
      proof.add(range(low, middle));
    }
  }

  /** SUBPROOF(m, D[low:high], b); m counted from the log's beginning. */
  private void subproof(long first, long low, long high, boolean whole, List<byte[]> proof) {
    if (first == high) {
      if (!whole) {
        proof.add(range(low, high));
      }
      return;
    }
    long middle = low + split(high - low);
    if (first <= middle) {
      subproof(first, low, middle, whole, proof);
      proof.add(range(middle, high));
    } else {
      subproof(first, middle, high, false, proof);
      proof.add(range(low, middle));
    }
  }

  private byte[] range(long low, long high) {
    return Frontier.fold(cover(low, high));
  }

  /** The complete subtrees, largest first, that make up leaves low to high - 1. */
  private List<byte[]> cover(long low, long high) {
    List<byte[]> hashes = new ArrayList<>();
    long at = low;
    while (at < high) {
      int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(high - at);
      hashes.add(subtrees.hash(level, at >> level));
      at += 1L << level;
    }
    return hashes;
  }

  /** The largest power of two that is smaller. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }
}
