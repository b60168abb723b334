package dev.signaltoorder.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What known public keys attest of the journals in a database. */
final class SignedHeads {
  private final String originPrefix;
  private final List<Path> keyFiles;

  SignedHeads(String originPrefix, List<Path> keyFiles) {
    this.originPrefix = originPrefix;
    this.keyFiles = keyFiles;
  }

  /** The key that signed most facts of an account, and how many. */
  record Head(CheckpointVerifier verifier, long size) {}

  /**
   * Empty when none of the keys signed anything of this account.
   *
   * @throws ArchivingException when a key cannot be read
   */
  Optional<Head> newest(Connection connection, String account) throws SQLException {
    Head best = null;
    for (Path file : keyFiles) {
      CheckpointVerifier verifier = key(file);
      long size =
          CheckpointTable.newest(connection, account, originPrefix + "/" + account, verifier)
              .map(signed -> signed.checkpoint().size())
              .orElse(0L);
      if (size > 0 && (best == null || size > best.size())) {
        best = new Head(verifier, size);
      }
    }
    return Optional.ofNullable(best);
  }

  private static CheckpointVerifier key(Path file) {
    try {
      return CheckpointVerifier.ofPem(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException | IllegalArgumentException e) {
      throw new ArchivingException(
          "the key file " + file + " is no readable Ed25519 public key in SPKI PEM");
    }
  }
}
