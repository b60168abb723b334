package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * The file of an archive: a compressed export. It gets its name when all of it is on the disk, so a
 * file of that name is whole.
 */
final class ArchiveFile {
  private static final int FETCH = 1_000;
  private static final byte[] FACT = "\"type\":\"fact\"}".getBytes(StandardCharsets.UTF_8);
  private static final String LEAVES =
      "select seq, leaf_hash from journal where account = ? and seq >= ? and seq < ? order by seq";

  private ArchiveFile() {}

  /** Writes what an archive holds. */
  interface Content {
    void write(OutputStream out) throws IOException, SQLException;
  }

  /** Writes a file whole or not at all, and forces it to the disk before it has its name. */
  static void write(Path file, Content content) throws IOException, SQLException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      GZIPOutputStream packed =
          new GZIPOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
      content.write(packed);
      packed.finish();
      packed.flush();
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder =
        FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Hex of the SHA-256 of a file. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = Merkle.newSha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads a file again, and believes only what it reads: the file must verify alone, and hold just
   * the facts that the database has under these numbers.
   *
   * @return facts that its newest checkpoint attests
   * @throws ArchivingException naming the file and what is wrong with it
   */
  static long check(
      Path file, List<Path> keys, Connection connection, String account, long first, long next)
      throws IOException, SQLException {
    switch (ExportVerifier.verify(file, keys, null)) {
      case Verdict.Good good -> {}
      case Verdict.Tampered found ->
          throw refused(
              file,
              found.seq() == null
                  ? found.what()
                  : "fact %d of %s: %s".formatted(found.seq(), found.account(), found.what()));
      case Verdict.Unusable unusable -> throw refused(file, unusable.why());
    }
    compare(file, connection, account, first, next);
    try (InputStream in = ExportVerifier.unpacked(Files.newInputStream(file))) {
      return ExportedPart.of(in).values().iterator().next().head();
    }
  }

  private static void compare(
      Path file, Connection connection, String account, long first, long next)
      throws IOException, SQLException {
    try (InputStream in = ExportVerifier.unpacked(Files.newInputStream(file));
        PreparedStatement statement = connection.prepareStatement(LEAVES)) {
      statement.setFetchSize(FETCH);
      statement.setString(1, account);
      statement.setLong(2, first);
      statement.setLong(3, next);
      long expected = first;
      ExportReader lines = new ExportReader(in);
      try (ResultSet row = statement.executeQuery()) {
        while (lines.advance()) {
          if (lines.endsWith(FACT)) {
            ObjectNode fact =
                lines.object().orElseThrow(() -> refused(file, "a line of it is damaged"));
            boolean same =
                row.next()
                    && row.getLong(1) == expected
                    && fact.path("seq").asLong(-1) == expected
                    && ExportReader.text(fact, "account").equals(account)
                    && ExactBase64.encode(row.getBytes(2))
                        .equals(ExportReader.text(fact, "leafHash"));
            if (!same) {
              throw refused(
                  file,
                  "fact %d of %s in it is not the one in the database"
                      .formatted(expected, account));
            }
            expected++;
          }
        }
      }
      if (expected != next) {
        throw refused(
            file, "it ends before fact %d of %s, and should not".formatted(expected, account));
      }
    }
  }

  private static ArchivingException refused(Path file, String what) {
    return new ArchivingException("the archive " + file + " is not used: " + what);
  }
}
