package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over one archive, from its first fact to its last. Not for several threads. */
final class ArchiveReading implements AutoCloseable {
  private final Archive archive;
  private final InputStream file;
  private final ExportReader lines;

  private ArchiveReading(Archive archive, InputStream file) {
    this.archive = archive;
    this.file = file;
    this.lines = new ExportReader(file);
  }

  /**
   * @throws ArchiveUnavailableException when the file cannot be opened
   */
  static ArchiveReading of(Archive archive, Path file) {
    try {
      return new ArchiveReading(archive, ExportVerifier.unpacked(Files.newInputStream(file)));
    } catch (IOException e) {
      throw unavailable(archive, "the file cannot be read", e);
    }
  }

  /**
   * The bytes that were received with a fact.
   *
   * @param seq higher than the one before
   * @param sha256 hex, as it is in the fact's own hashed bytes
   * @throws ArchiveUnavailableException when they are not there, or are others
   */
  byte[] raw(long seq, String sha256) {
    // The end of a fact's line in its one form: no line need be read as JSON but the wanted one.
    byte[] end = (",\"seq\":" + seq + ",\"type\":\"fact\"}").getBytes(StandardCharsets.UTF_8);
    try {
      while (lines.advance()) {
        if (lines.endsWith(end)) {
          return lines
              .object()
              .flatMap(ArchiveReading::raw)
              .filter(raw -> hex(raw).equals(sha256))
              .orElseThrow(
                  () ->
                      unavailable(
                          archive,
                          "the file was changed: the bytes of fact %d in it are not those received"
                              .formatted(seq),
                          null));
        }
      }
    } catch (IOException | FoundException e) {
      throw unavailable(archive, "the file is damaged before fact " + seq, e);
    }
    throw unavailable(archive, "the file was changed: fact %d is not in it".formatted(seq), null);
  }

  private static Optional<byte[]> raw(ObjectNode line) {
    return ExactBase64.decode(ExportReader.text(line, "raw"));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(Merkle.newSha256().digest(bytes));
  }

  private static ArchiveUnavailableException unavailable(
      Archive archive, String why, @Nullable Throwable cause) {
    return new ArchiveUnavailableException(archive, why, cause);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
