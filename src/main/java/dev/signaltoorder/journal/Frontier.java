package dev.signaltoorder.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing RFC 6962 tree: the roots of its complete subtrees, largest first. It
 * is all that is needed to append leaves and to tell the root, in at most 63 hashes.
 */
final class Frontier {
  private final List<byte[]> peaks;
  private long size;

  private Frontier(long size, List<byte[]> peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  /** Takes complete subtrees as they come about. */
  @FunctionalInterface
  interface NodeSink {
    /**
     * Takes one.
     *
     * @param level height of the subtree: it has 2^level leaves
     * @param index its place among the subtrees of this level, from 0
     */
    void accept(int level, long index, byte[] hash);
  }

  static Frontier empty() {
    return new Frontier(0, new ArrayList<>());
  }

  /**
   * The frontier of a tree that others know.
   *
   * @throws IllegalArgumentException when these peaks cannot be those of a tree of that size
   */
  static Frontier of(long size, List<byte[]> peaks) {
    if (size < 0 || peaks.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          peaks.size() + " hashes cannot be the edge of a tree of " + size + " leaves");
    }
    return new Frontier(size, new ArrayList<>(peaks));
  }

  void append(byte[] leafHash) {
    append(leafHash, (level, index, hash) -> {});
  }

  /** Appends a leaf; every subtree it completes goes to {@code completed}, smallest first. */
  void append(byte[] leafHash, NodeSink completed) {
    byte[] hash = leafHash;
    int level = 0;
    // Each trailing one of the size is a complete subtree of that level that now gets its sibling.
    while ((size >> level & 1) == 1) {
      hash = Merkle.node(peaks.removeLast(), hash);
      level++;
      completed.accept(level, size >> level, hash);
    }
    peaks.add(hash);
    size++;
  }

  /** Number of leaves. */
  long size() {
    return size;
  }

  byte[] root() {
    if (peaks.isEmpty()) {
      return Merkle.emptyRoot();
    }
    return fold(peaks);
  }

  List<byte[]> peaks() {
    return List.copyOf(peaks);
  }

  Frontier copy() {
    return new Frontier(size, new ArrayList<>(peaks));
  }

  /** The hash over neighbouring subtrees whose sizes fall from left to right. */
  static byte[] fold(List<byte[]> subtrees) {
    byte[] hash = subtrees.getLast();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      hash = Merkle.node(subtrees.get(i), hash);
    }
    return hash;
  }
}
