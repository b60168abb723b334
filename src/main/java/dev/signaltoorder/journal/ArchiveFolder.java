package dev.signaltoorder.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the archives that received bytes were moved into. Nothing in it is believed: a
 * file is the archive when its SHA-256 is the one on record, and bytes are those that were received
 * when they have the hash in their fact. Thread-safe.
 */
public final class ArchiveFolder {
  /** None is configured. */
  public static final ArchiveFolder NONE = new ArchiveFolder(null);

  private final @Nullable Path folder;
  private final Map<Path, Seen> good = new ConcurrentHashMap<>();

  private ArchiveFolder(@Nullable Path folder) {
    this.folder = folder;
  }

  public static ArchiveFolder of(Path folder) {
    return new ArchiveFolder(folder);
  }

  /** The one that is configured. */
  public static ArchiveFolder of(ArchiveConfig config) {
    return config.archiveFolder().flatMap(ArchiveFolder::path).map(ArchiveFolder::of).orElse(NONE);
  }

  /** Empty when the text is blank or no path on this system. */
  static Optional<Path> path(String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(Path.of(text.strip()).toAbsolutePath());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Received bytes of some facts.
   *
   * @param wanted hex of their SHA-256 by number of the fact
   * @throws ArchiveUnavailableException when one of them cannot be had
   */
  Map<Long, byte[]> read(Archive archive, SortedMap<Long, String> wanted) {
    Map<Long, byte[]> found = new HashMap<>();
    try (ArchiveReading reading = open(archive)) {
      wanted.forEach((seq, sha256) -> found.put(seq, reading.raw(seq, sha256)));
    }
    return found;
  }

  /**
   * Begins to read an archive.
   *
   * @throws ArchiveUnavailableException when it is not there
   */
  ArchiveReading open(Archive archive) {
    return ArchiveReading.of(archive, file(archive));
  }

  /**
   * Makes sure that an archive is there and is the one on record.
   *
   * @throws ArchiveUnavailableException when it is not
   */
  void require(Archive archive) {
    Path file = file(archive);
    try {
      Seen now = new Seen(Files.size(file), Files.getLastModifiedTime(file), archive.sha256());
      if (now.equals(good.get(file))) {
        return;
      }
      if (!ArchiveFile.sha256(file).equals(archive.sha256())) {
        throw new ArchiveUnavailableException(
            archive, "the file in " + folder + " was changed: it has another SHA-256", null);
      }
      good.put(file, now);
    } catch (IOException e) {
      throw new ArchiveUnavailableException(archive, "the file cannot be read", e);
    }
  }

  private Path file(Archive archive) {
    if (folder == null) {
      throw new ArchiveUnavailableException(
          archive, "signal-to-order.archive-folder is not set here", null);
    }
    // A name of the database's: it must not lead elsewhere.
    Path file = folder.resolve(archive.file()).normalize();
    if (!folder.normalize().equals(file.getParent()) || !Files.isRegularFile(file)) {
      throw new ArchiveUnavailableException(archive, "the file is not in " + folder, null);
    }
    return file;
  }

  /** A file that had the SHA-256 on record. */
  private record Seen(long bytes, FileTime changed, String sha256) {}
}
