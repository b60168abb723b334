package dev.signaltoorder.journal;

import java.time.Instant;

/**
 * A signed checkpoint as the database has it.
 *
 * @param size number of facts that it attests
 * @param keyId eight hex digits: which key signed, as in the note
 * @param note C2SP signed note: origin, size, root, signature
 * @param recordedAt when it was stored, by the database's clock, UTC
 */
public record StoredCheckpoint(
    String account, long size, String keyId, String note, Instant recordedAt) {

  /** The log's name, from the note. */
  public String origin() {
    return line(0);
  }

  /** The root hash in base64, from the note. */
  public String root() {
    return line(2);
  }

  private String line(int number) {
    String[] lines = note.split("\n", -1);
    return number < lines.length ? lines[number] : "";
  }
}
