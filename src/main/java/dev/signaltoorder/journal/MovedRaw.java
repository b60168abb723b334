package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts received bytes that were moved back into facts that are read in their order. Without the
 * archive it fails: nothing is left out silently.
 */
final class MovedRaw implements AutoCloseable {
  /** Whether bytes of one of these facts are gone from the table. */
  private static final String ANY =
      """
      select exists (select from journal where account = ? and seq >= ? and seq < ? and raw is null
        and convert_from(canonical, 'UTF8')::jsonb ->> 'rawSha256' is not null)
      """;

  private final Archives archives;
  private final boolean none;
  private final ArchiveFolder folder;
  private @Nullable Archive open;
  private @Nullable ArchiveReading reading;

  private MovedRaw(Archives archives, boolean none, ArchiveFolder folder) {
    this.archives = archives;
    this.none = none;
    this.folder = folder;
  }

  static MovedRaw of(Connection connection, String account, ArchiveFolder folder)
      throws SQLException {
    Archives archives = Archives.of(connection, account);
    return new MovedRaw(archives, archives.all().isEmpty(), folder);
  }

  /**
   * Makes sure that the archives are there that a range of facts needs.
   *
   * @throws ArchiveUnavailableException when one is not
   */
  static void require(
      Connection connection, String account, long first, long next, ArchiveFolder folder)
      throws SQLException {
    for (Archive archive : Archives.of(connection, account).all()) {
      long from = Math.max(first, archive.first());
      long to = Math.min(next, archive.next());
      if (from < to && isAnyMoved(connection, account, from, to)) {
        folder.require(archive);
      }
    }
  }

  static boolean isAnyMoved(Connection connection, String account, long first, long next)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ANY)) {
      statement.setString(1, account);
      statement.setLong(2, first);
      statement.setLong(3, next);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * The fact with its received bytes; as it is when it lacks none, or when no archive on record has
   * them: that is for the verifier to say.
   *
   * @param fact a later one than before
   * @throws ArchiveUnavailableException when they cannot be had
   */
  StoredFact restored(StoredFact fact) throws SQLException {
    String sha256 = none || fact.raw() != null ? null : fact.rawSha256();
    if (sha256 == null) {
      return fact;
    }
    Optional<Archive> archive = archives.with(fact.seq());
    return archive.isEmpty() ? fact : fact.withRaw(reading(archive.get()).raw(fact.seq(), sha256));
  }

  private ArchiveReading reading(Archive archive) {
    ArchiveReading current = reading;
    if (current == null || !archive.equals(open)) {
      close();
      current = folder.open(archive);
      reading = current;
      open = archive;
    }
    return current;
  }

  @Override
  public void close() {
    if (reading != null) {
      reading.close();
    }
  }
}
