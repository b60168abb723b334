package dev.signaltoorder.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps the exchange's state in one JSON file that is always whole: old or new, never half. */
final class StateFile {

  private final Path file;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * The kept state; a new one if the file does not exist yet.
   *
   * @throws IllegalStateException if the file is there and cannot be read as a state
   */
  ExchangeState load() {
    if (!Files.exists(file)) {
      return new ExchangeState();
    }
    try {
      return StateJson.read(Json.read(Files.readAllBytes(file)));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("state file unusable: " + file, e);
    }
  }

  /**
   * Durable when it returns.
   *
   * @throws UncheckedIOException if it could not be written; the old file is still there then
   */
  void save(ExchangeState state) {
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      // It holds the API secrets of the simulated accounts: for the owner only.
      if (Files.notExists(next)
          && next.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            next,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(Json.bytes(StateJson.write(state)));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
