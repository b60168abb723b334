package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds received bytes that were moved, for who reads single facts. Thread-safe. */
public final class MovedFacts {
  private final DataSource dataSource;
  private final ArchiveFolder folder;

  public MovedFacts(DataSource dataSource, ArchiveFolder folder) {
    this.dataSource = dataSource;
    this.folder = folder;
  }

  /**
   * What became of the bytes that were received with a fact.
   *
   * @param raw null when they cannot be had here
   * @param where in which archive they are, and why they cannot be had; for people
   */
  public record Moved(byte @Nullable [] raw, String where) {}

  /**
   * Looks for received bytes that are no longer beside their facts.
   *
   * @param lacking hex of their SHA-256, as hashed, by number of the fact
   * @return something for each of them
   * @throws JournalException when the database could not be read
   */
  public Map<Long, Moved> find(String account, SortedMap<Long, String> lacking) {
    Map<Long, Moved> found = new HashMap<>();
    Map<Archive, SortedMap<Long, String>> byArchive = new LinkedHashMap<>();
    try (Connection connection = dataSource.getConnection()) {
      Archives archives = Archives.of(connection, account);
      for (Map.Entry<Long, String> fact : lacking.entrySet()) {
        Optional<Archive> archive = archives.with(fact.getKey());
        if (archive.isPresent()) {
          byArchive
              .computeIfAbsent(archive.get(), any -> new TreeMap<>())
              .put(fact.getKey(), fact.getValue());
        } else {
          found.put(
              fact.getKey(),
              new Moved(
                  null,
                  "The bytes received with fact %d are gone, and no archive on record has them: somebody took them away"
                      .formatted(fact.getKey())));
        }
      }
    } catch (SQLException e) {
      throw new JournalException("the archives could not be looked up: " + e.getMessage(), e);
    }
    byArchive.forEach((archive, wanted) -> found.putAll(in(archive, wanted)));
    return found;
  }

  private Map<Long, Moved> in(Archive archive, SortedMap<Long, String> wanted) {
    Map<Long, Moved> found = new HashMap<>();
    try {
      folder
          .read(archive, wanted)
          .forEach((seq, raw) -> found.put(seq, new Moved(raw, "Read from " + archive.text())));
    } catch (ArchiveUnavailableException e) {
      for (long seq : wanted.keySet()) {
        found.put(
            seq,
            new Moved(null, "The bytes received with fact " + seq + " are in " + e.getMessage()));
      }
    }
    return found;
  }
}
