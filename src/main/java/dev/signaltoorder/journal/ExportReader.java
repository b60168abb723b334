package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Reads the lines of an export, one at a time, and the hash of everything before the last one. */
final class ExportReader {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_LINE = 64 << 20;

  private final InputStream in;
  private final ObjectMapper json = OwnJson.mapper();
  private final MessageDigest digest = Merkle.newSha256();
  private byte[] line = new byte[0];
  private boolean whole;
  private long number;

  ExportReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** Moves to the next line; false at the end. */
  boolean advance() throws IOException {
    if (line.length > 0) {
      digest.update(line);
      digest.update((byte) '\n');
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return false;
    }
    while (read >= 0 && read != '\n') {
      bytes.write(read);
      if (bytes.size() > LONGEST_LINE) {
        throw FoundException.unusable("line " + (number + 1) + " is longer than 64 MiB");
      }
      read = in.read();
    }
    whole = read == '\n';
    line = bytes.toByteArray();
    number++;
    return true;
  }

  /** The line as an object; empty unless it stands in the one form that an export has. */
  Optional<ObjectNode> object() {
    try {
      if (whole
          && json.readTree(line) instanceof ObjectNode object
          && Arrays.equals(ExportLine.canonical(line), line)) {
        return Optional.of(object);
      }
    } catch (IOException | RuntimeException e) {
      // Not JSON, or no text at all: damaged either way.
    }
    return Optional.empty();
  }

  /** Whether the line ends in these bytes. */
  boolean endsWith(byte[] end) {
    int from = line.length - end.length;
    return from >= 0 && Arrays.equals(line, from, line.length, end, 0, end.length);
  }

  /** Hex of the SHA-256 over all lines before this one. */
  String hashBefore() {
    try {
      MessageDigest copy = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(copy.digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this platform cannot be copied", e);
    }
  }

  /** A text; "" where there is none or something else. */
  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isTextual() ? value.textValue() : "";
  }
}
