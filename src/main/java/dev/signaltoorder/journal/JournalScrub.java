package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads an account's facts again from the first on, slice by slice, and holds every column against
 * the bytes that were hashed, the hashes against the signed checkpoints, and the stored subtrees
 * against the hashes. It finds what the follower cannot see: changes behind its back.
 */
final class JournalScrub {
  private static final String CHECKPOINTS =
      """
      select size, root, note from checkpoint
      where account = ? and key_id = ? and size > ? and size <= ? order by size
      """;
  private static final String NODES =
      "select level, idx, hash from merkle_node where account = ? and level = ? and idx >= ? and idx < ?";
  private static final String STRAY_NODES =
      "select count(*) from merkle_node where account = ? and (idx + 1) << level > ?";

  private final String account;
  private final String origin;
  private final Supplier<List<CheckpointVerifier>> verifiers;
  private Frontier frontier = Frontier.empty();

  /**
   * @param verifiers of all keys that may have signed; none when nothing is signed
   */
  JournalScrub(String account, String origin, Supplier<List<CheckpointVerifier>> verifiers) {
    this.account = account;
    this.origin = origin;
    this.verifiers = verifiers;
  }

  /** How many facts were found good in this round. */
  long position() {
    return frontier.size();
  }

  /** Begins again with the first fact. */
  void restart() {
    frontier = Frontier.empty();
  }

  /**
   * Checks the next facts, at most {@code most}, and none from {@code end} on.
   *
   * @return whether {@code end} was reached
   * @throws ContradictionException naming the first wrong row
   */
  boolean slice(Connection connection, int most, long end) throws SQLException {
    long from = frontier.size();
    long to = Math.min(from + most, end);
    List<SignedHead> heads = heads(connection, from, to);
    List<Node> complete = new ArrayList<>();
    Archives archives = Archives.of(connection, account);
    try (PreparedStatement statement = connection.prepareStatement(StoredFact.SELECT)) {
      statement.setString(1, account);
      statement.setLong(2, from);
      statement.setLong(3, to);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          check(StoredFact.of(row), archives, complete);
          for (SignedHead head : heads) {
            check(head);
          }
        }
      }
    }
    if (frontier.size() < to) {
      throw new ContradictionException(
          "the journal of " + account + " has a gap: seq " + frontier.size() + " is missing");
    }
    for (Node node : complete) {
      check(connection, node);
    }
    if (to == end) {
      refuseStrayNodes(connection);
    }
    return to == end;
  }

  private void check(StoredFact fact, Archives archives, List<Node> complete) throws SQLException {
    if (fact.seq() != frontier.size()) {
      throw new ContradictionException(
          "the journal of " + account + " has a gap: seq " + frontier.size() + " is missing");
    }
    List<String> wrong = fact.contradictingColumns();
    if (wrong.equals(List.of("raw")) && fact.lacksRaw()) {
      if (archives.with(fact.seq()).isEmpty()) {
        throw new ContradictionException(
            "the received bytes of fact %d of %s are gone, and no archive on record has them"
                .formatted(fact.seq(), account));
      }
    } else if (!wrong.isEmpty()) {
      throw new ContradictionException(
          "fact %d of %s was changed: %s".formatted(fact.seq(), account, String.join(", ", wrong)));
    }
    frontier.append(
        fact.leafHash(),
        (level, index, hash) -> {
          if (level % StoredTree.LEVELS == 0) {
            complete.add(new Node(level, index, hash));
          }
        });
  }

  private void check(SignedHead head) {
    if (head.size() == frontier.size() && !head.root().equals(hex(frontier.root()))) {
      throw new ContradictionException(
          "the first %d facts of %s are not those that were signed"
              .formatted(head.size(), account));
    }
  }

  private void check(Connection connection, Node node) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NODES)) {
      statement.setString(1, account);
      statement.setInt(2, node.level());
      statement.setLong(3, node.index());
      statement.setLong(4, node.index() + 1);
      try (ResultSet row = statement.executeQuery()) {
        // One that is missing is computed when it is needed.
        if (row.next() && !Arrays.equals(row.getBytes(3), node.hash())) {
          throw new ContradictionException(
              "a row of merkle_node of " + account + " does not follow from its facts");
        }
      }
    }
  }

  private void refuseStrayNodes(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STRAY_NODES)) {
      statement.setString(1, account);
      statement.setLong(2, LogFollower.end(connection, account));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) > 0) {
          throw new ContradictionException(
              "merkle_node of " + account + " has rows beyond its last fact");
        }
      }
    }
  }

  private List<SignedHead> heads(Connection connection, long from, long to) throws SQLException {
    List<SignedHead> heads = new ArrayList<>();
    for (CheckpointVerifier opens : verifiers.get()) {
      heads.addAll(heads(connection, opens, from, to));
    }
    return heads;
  }

  private List<SignedHead> heads(
      Connection connection, CheckpointVerifier opens, long from, long to) throws SQLException {
    List<SignedHead> heads = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CHECKPOINTS)) {
      statement.setString(1, account);
      statement.setString(2, CheckpointTable.keyId(opens, origin));
      statement.setLong(3, from);
      statement.setLong(4, to);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Checkpoint said = new Checkpoint(origin, row.getLong(1), row.getBytes(2));
          if (!opens.open(row.getString(3)).filter(said::equals).isPresent()) {
            throw new ContradictionException(
                "the checkpoint of %s at %d is not as it was signed"
                    .formatted(account, said.size()));
          }
          heads.add(new SignedHead(said.size(), hex(said.root())));
        }
      }
    }
    return heads;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A checkpoint of this round. */
  private record SignedHead(long size, String root) {}

  /** A complete subtree. */
  private record Node(int level, long index, byte[] hash) {}
}
