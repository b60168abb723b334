package dev.signaltoorder.journal;

/** Where the hashes of a log's complete subtrees can be had. */
interface Subtrees {
  /**
   * The root of the complete subtree over the leaves {@code index * 2^level} to {@code (index + 1)
   * * 2^level - 1}.
   *
   * @throws ContradictionException when the log lacks one of these leaves
   */
  byte[] hash(int level, long index);
}
