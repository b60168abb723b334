package dev.signaltoorder.outbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A file with secrets, one a line; read anew each time, so that a new one is used at once. */
record SecretFile(Path path) {
  private static final int BYTES_MAX = 4_096;
  private static final int FINGERPRINT_BYTES = 6;

  /** So that it is not the digest of the secret that others may keep elsewhere. */
  private static final String DOMAIN = "signal-to-order secret file of a receiver\n";

  /** Lines that are not empty. */
  List<String> lines() throws Sending.NotTakenException {
    try {
      if (Files.size(path) > BYTES_MAX) {
        throw new Sending.NotTakenException("its secret file is too large");
      }
      return Files.readString(path, StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new Sending.NotTakenException("its secret file cannot be read");
    }
  }

  /**
   * Tells the secrets from others, and nothing else about them: 12 hexadecimal digits.
   *
   * @throws Sending.NotTakenException if the file cannot be read, or is empty
   */
  String fingerprint() throws Sending.NotTakenException {
    List<String> lines = lines();
    if (lines.isEmpty()) {
      throw new Sending.NotTakenException("its secret file is empty");
    }
    try {
      byte[] text =
          lines.stream()
              .collect(Collectors.joining("\n", DOMAIN, ""))
              .getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of a file with one secret. */
  String line() throws Sending.NotTakenException {
    List<String> lines = lines();
    if (lines.size() != 1) {
      throw new Sending.NotTakenException("its secret file does not hold one line");
    }
    return lines.getFirst();
  }
}
