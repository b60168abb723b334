package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Keeps nonce high-water marks in PostgreSQL; one statement reserves a block, so that two processes
 * never share one.
 */
public final class PostgresNonceStore {
  private static final String RESERVE =
      """
      insert into nonce as n (key_fingerprint, high_water) values (?, ? + ? - 1)
      on conflict (key_fingerprint) do update set high_water = greatest(n.high_water + 1, ?) + ? - 1
      returning high_water
      """;

  private final DataSource dataSource;

  public PostgresNonceStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Reserves a block of nonces durably before any of it is used.
   *
   * @param atLeast the lowest nonce wanted
   * @param block how many, positive
   * @return the first nonce of the block
   * @throws JournalException when it could not be committed: no nonce may be used then
   */
  public long reserve(String keyFingerprint, long atLeast, long block) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(RESERVE)) {
      statement.setString(1, keyFingerprint);
      statement.setLong(2, atLeast);
      statement.setLong(3, block);
      statement.setLong(4, atLeast);
      statement.setLong(5, block);
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getLong(1) - block + 1;
    } catch (SQLException e) {
      throw new JournalException("could not reserve nonces: " + e.getMessage(), e);
    }
  }
}
