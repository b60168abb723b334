package dev.signaltoorder.journal;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a log at one moment, as in C2SP tlog-checkpoint.
 *
 * @param origin the log's name, {@code <prefix>/<account>}
 * @param size number of leaves
 * @param root RFC 6962 root hash of these leaves
 */
record Checkpoint(String origin, long size, byte[] root) {
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

  /** The text that is signed: three lines, each with its line feed. */
  String text() {
    return origin + "\n" + size + "\n" + ExactBase64.encode(root) + "\n";
  }

  /** Reads such a text; empty when it is not one. Extension lines are not ours and are refused. */
  static Optional<Checkpoint> parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4
        || lines[0].isEmpty()
        || !lines[3].isEmpty()
        || !SIZE.matcher(lines[1]).matches()) {
      return Optional.empty();
    }
    long size = Long.parseLong(lines[1]);
    return ExactBase64.decode(lines[2], Merkle.HASH_BYTES)
        .map(root -> new Checkpoint(lines[0], size, root));
  }

  boolean sameHead(Checkpoint other) {
    return size == other.size && Arrays.equals(root, other.root);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Checkpoint that && origin.equals(that.origin) && sameHead(that);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(root) + Long.hashCode(size);
  }

  @Override
  public String toString() {
    return origin + " size " + size + " root " + HexFormat.of().formatHex(root);
  }
}
