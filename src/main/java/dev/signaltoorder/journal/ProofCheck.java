package dev.signaltoorder.journal;

import java.util.Arrays;
import java.util.List;

/** Checks proofs as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says. Knows no log. */
final class ProofCheck {
  private ProofCheck() {}

  /** Whether {@code leafHash} is leaf {@code index} of the tree with this size and root. */
  static boolean included(byte[] leafHash, long index, long size, List<byte[]> proof, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    byte[] hash = leafHash;
    for (byte[] p : proof) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = Merkle.node(p, hash);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        hash = Merkle.node(hash, p);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(hash, root);
  }

  /** Whether the tree of {@code second} leaves begins with the tree of {@code first} leaves. */
  static boolean consistent(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == second) {
      return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    if (first == 0) {
      return proof.isEmpty() && Arrays.equals(firstRoot, Merkle.emptyRoot());
    }
    boolean whole = Long.bitCount(first) == 1;
    if (!whole && proof.isEmpty()) {
      return false;
    }
    int next = whole ? 0 : 1;
    byte[] fr = whole ? firstRoot : proof.getFirst();
    byte[] sr = fr;
    long fn = first - 1;
    long sn = second - 1;
    int shift = Long.numberOfTrailingZeros(~fn);
    fn >>= shift;
    sn >>= shift;
    for (byte[] c : proof.subList(next, proof.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = Merkle.node(c, fr);
        sr = Merkle.node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = Merkle.node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
  }
}
