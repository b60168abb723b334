package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the hashes of one account's facts right behind their writer and keeps the log's edge.
 * Subtrees that become complete are stored. Not for several threads.
 */
final class LogFollower {
  private static final String END =
      "select coalesce((select max(seq) + 1 from journal where account = ?), 0)";
  private static final String NEXT =
      "select seq, leaf_hash from journal where account = ? and seq >= ? order by seq limit ?";
  private static final String STORE =
      "insert into merkle_node (account, level, idx, hash) values (?, ?, ?, ?) on conflict do nothing";

  private final String account;
  private final Frontier frontier;

  private LogFollower(String account, Frontier frontier) {
    this.account = account;
    this.frontier = frontier;
  }

  /**
   * Goes on behind the largest of the checkpoints that are known of the account, after holding all
   * of them against the database.
   *
   * @throws ContradictionException when the database cannot have been what was signed
   */
  static LogFollower behind(Connection connection, String account, List<Checkpoint> known)
      throws SQLException {
    Frontier edge = Frontier.empty();
    Proofs proofs = new Proofs(StoredTree.of(connection, account));
    for (Checkpoint checkpoint : known) {
      requireSize(connection, account, checkpoint.size());
      Frontier then = proofs.frontier(checkpoint.size());
      if (!Arrays.equals(then.root(), checkpoint.root())) {
        throw new ContradictionException(whatDiffers(connection, account, checkpoint));
      }
      if (then.size() > edge.size()) {
        edge = then;
      }
    }
    return new LogFollower(account, edge);
  }

  private static String whatDiffers(Connection connection, String account, Checkpoint checkpoint) {
    Frontier leaves =
        new Proofs(StoredTree.ofLeaves(connection, account)).frontier(checkpoint.size());
    return Arrays.equals(leaves.root(), checkpoint.root())
        ? "rows of merkle_node of " + account + " do not follow from its facts"
        : "the first %d facts of %s are not those that were signed"
            .formatted(checkpoint.size(), account);
  }

  /**
   * Takes in what is new, at most so many facts.
   *
   * @return how many there were
   * @throws ContradictionException when facts are missing that were there, or were left out
   */
  int follow(Connection connection, int most) throws SQLException {
    requireSize(connection, account, frontier.size());
    int count = 0;
    try (PreparedStatement next = connection.prepareStatement(NEXT);
        PreparedStatement store = connection.prepareStatement(STORE)) {
      next.setString(1, account);
      next.setLong(2, frontier.size());
      next.setInt(3, most);
      List<Node> complete = new ArrayList<>();
      try (ResultSet row = next.executeQuery()) {
        while (row.next()) {
          if (row.getLong(1) != frontier.size()) {
            throw new ContradictionException(
                "the journal of " + account + " has a gap: seq " + frontier.size() + " is missing");
          }
          frontier.append(
              row.getBytes(2), (level, index, hash) -> complete.add(new Node(level, index, hash)));
          count++;
        }
      }
      store(store, complete);
    }
    return count;
  }

  private void store(PreparedStatement statement, List<Node> complete) throws SQLException {
    boolean any = false;
    for (Node node : complete) {
      if (node.level() % StoredTree.LEVELS == 0) {
        statement.setString(1, account);
        statement.setInt(2, node.level());
        statement.setLong(3, node.index());
        statement.setBytes(4, node.hash());
        statement.addBatch();
        any = true;
      }
    }
    if (any) {
      statement.executeBatch();
    }
  }

  /** A complete subtree. */
  private record Node(int level, long index, byte[] hash) {}

  /** How many facts have been taken in. */
  long size() {
    return frontier.size();
  }

  byte[] root() {
    return frontier.root();
  }

  /** The number of facts of an account, by its last one. */
  static long end(Connection connection, String account) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setString(1, account);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void requireSize(Connection connection, String account, long size)
      throws SQLException {
    long end = end(connection, account);
    if (end < size) {
      throw new ContradictionException(
          "the journal of %s holds %d facts and held %d".formatted(account, end, size));
    }
  }
}
