package dev.signaltoorder.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads notes that stand one after the other, as in the checkpoint file and in the text form of
 * {@code /audit/checkpoints}: text lines, an empty line, signature lines.
 */
final class CheckpointNotes {
  private static final String SIGNATURE_START = "\u2014 ";
  private static final int LONGEST_NOTE = 65_536;

  private final BufferedReader in;
  private String ahead = "";

  CheckpointNotes(BufferedReader in) {
    this.in = in;
  }

  /** The next note as it stands there, or what stands there instead; empty at the end. */
  Optional<String> next() throws IOException {
    StringBuilder note = new StringBuilder(ahead);
    ahead = "";
    boolean signatures = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(SIGNATURE_START)) {
        signatures = true;
      } else if (signatures) {
        ahead = line.isEmpty() ? "" : line + "\n";
        break;
      }
      // An empty line before a note: what stood there was cut off, and a new line was begun.
      if (!note.isEmpty() || !line.isEmpty()) {
        note.append(line).append('\n');
      }
      if (note.length() > LONGEST_NOTE) {
        throw new IOException(
            "no checkpoints: a note has more than " + LONGEST_NOTE + " characters");
      }
    }
    return note.isEmpty() ? Optional.empty() : Optional.of(note.toString());
  }
}
