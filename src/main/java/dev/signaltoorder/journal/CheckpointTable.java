package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The signed checkpoints in the database. Whoever reads one believes its signature only. */
final class CheckpointTable {
  private static final String INSERT =
      """
      insert into checkpoint (account, size, key_id, root, note) values (?, ?, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String NEWEST =
      "select note from checkpoint where account = ? and key_id = ? order by size desc limit ?";

  /** How far back a good one is looked for when the newest are not what they say. */
  private static final int TRIED = 20;

  private CheckpointTable() {}

  static void insert(
      Connection connection, String account, Checkpoint checkpoint, String keyId, String note)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, account);
      statement.setLong(2, checkpoint.size());
      statement.setString(3, keyId);
      statement.setBytes(4, checkpoint.root());
      statement.setString(5, note);
      statement.executeUpdate();
    }
  }

  /** The largest checkpoint of an account that this key has really signed. */
  static Optional<SignedCheckpoint> newest(
      Connection connection, String account, String origin, CheckpointVerifier verifier)
      throws SQLException {
    for (String note : notes(connection, account, keyId(verifier, origin))) {
      Optional<SignedCheckpoint> good =
          verifier
              .open(note)
              .filter(checkpoint -> checkpoint.origin().equals(origin))
              .map(checkpoint -> new SignedCheckpoint(checkpoint, note));
      if (good.isPresent()) {
        return good;
      }
    }
    return Optional.empty();
  }

  static String keyId(CheckpointVerifier verifier, String origin) {
    return HexFormat.of().formatHex(verifier.keyId(origin));
  }

  private static List<String> notes(Connection connection, String account, String keyId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setString(1, account);
      statement.setString(2, keyId);
      statement.setInt(3, TRIED);
      List<String> notes = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          notes.add(row.getString(1));
        }
      }
      return notes;
    }
  }
}
