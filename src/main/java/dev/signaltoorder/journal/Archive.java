package dev.signaltoorder.journal;

/**
 * An archive that is on record: a file with all facts of a part of an account's journal.
 *
 * @param fact number of the fact in the journal {@value #JOURNAL} that says so
 * @param account whose facts are in it
 * @param first number of its first fact
 * @param next number after its last fact
 * @param file its name, without a folder
 * @param sha256 of the file, hex
 */
public record Archive(
    long fact, String account, long first, long next, String file, String sha256) {
  /** The journal in which archives are put on record. */
  public static final String JOURNAL = "archives";

  /** Whether a fact of its account is in it. */
  boolean holds(long seq) {
    return seq >= first && seq < next;
  }

  /** For people. */
  public String text() {
    return "archive %s (facts %d to %d of %s, SHA-256 %s)"
        .formatted(file, first, next - 1, account, sha256);
  }
}
