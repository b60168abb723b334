package dev.signaltoorder.operations;

import dev.signaltoorder.trading.Message;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Where replaced secrets are put on record. */
interface SecretsJournals {

  /** Every account, led here or not. */
  List<String> accounts();

  /**
   * Whether the account's journal says since then that this came into force, by whichever process.
   */
  boolean isOnRecord(String account, Message.Replacement replaced, Instant since)
      throws SQLException;

  /** Puts it into the account's journal; false when this process cannot now. */
  boolean tell(String account, Message.Replacement replaced);
}
