package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The subtrees of one account's log, from the hashes in the database: stored nodes where there are
 * some, leaf hashes below. A subtree costs at most 256 rows while the stored nodes are complete.
 */
final class StoredTree implements Subtrees {
  /** Every eighth level is stored. */
  static final int LEVELS = 8;

  private static final String LEAVES =
      "select seq, leaf_hash from journal where account = ? and seq >= ? and seq < ? order by seq";
  private static final String NODES =
      """
      select idx, hash from merkle_node where account = ? and level = ? and idx >= ? and idx < ?
      order by idx
      """;

  private final Connection connection;
  private final String account;
  private final boolean nodesToo;

  private StoredTree(Connection connection, String account, boolean nodesToo) {
    this.connection = connection;
    this.account = account;
    this.nodesToo = nodesToo;
  }

  static StoredTree of(Connection connection, String account) {
    return new StoredTree(connection, account, true);
  }

  /** From the facts' own hashes alone: slow, and independent of stored nodes. */
  static StoredTree ofLeaves(Connection connection, String account) {
    return new StoredTree(connection, account, false);
  }

  @Override
  public byte[] hash(int level, long index) {
    try {
      return subtree(level, index);
    } catch (SQLException e) {
      throw new JournalException(
          "the log of " + account + " could not be read: " + e.getMessage(), e);
    }
  }

  private byte[] subtree(int level, long index) throws SQLException {
    int below = level / LEVELS * LEVELS;
    if (below == level && level > 0) {
      Optional<byte[]> stored = node(level, index);
      if (stored.isPresent()) {
        return stored.get();
      }
      below -= LEVELS;
    }
    long width = 1L << (level - below);
    long first = index * width;
    if (below == 0) {
      return root(leaves(first, width));
    }
    List<byte[]> children = nodesToo ? nodes(below, first, width) : List.of();
    if (children.size() < width) {
      children = new ArrayList<>();
      for (long child = first; child < first + width; child++) {
        children.add(subtree(below, child));
      }
    }
    return root(children);
  }

  private static byte[] root(List<byte[]> hashes) {
    Frontier frontier = Frontier.empty();
    hashes.forEach(frontier::append);
    return frontier.root();
  }

  private Optional<byte[]> node(int level, long index) throws SQLException {
    return nodesToo ? nodes(level, index, 1).stream().findFirst() : Optional.empty();
  }

  private List<byte[]> nodes(int level, long first, long count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NODES)) {
      statement.setString(1, account);
      statement.setInt(2, level);
      statement.setLong(3, first);
      statement.setLong(4, first + count);
      return hashes(statement);
    }
  }

  private List<byte[]> leaves(long first, long count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LEAVES)) {
      statement.setString(1, account);
      statement.setLong(2, first);
      statement.setLong(3, first + count);
      List<byte[]> hashes = hashes(statement);
      if (hashes.size() != count) {
        throw new ContradictionException(
            "of the facts %d to %d of %s only %d are there"
                .formatted(first, first + count - 1, account, hashes.size()));
      }
      return hashes;
    }
  }

  private static List<byte[]> hashes(PreparedStatement statement) throws SQLException {
    List<byte[]> hashes = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        hashes.add(row.getBytes(2));
      }
    }
    return hashes;
  }
}
