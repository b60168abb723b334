package dev.signaltoorder.outbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with secrets, one a line; read anew each time, so that a new one is used at once. */
record SecretFile(Path path) {
  private static final int BYTES_MAX = 4_096;

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

  String line() throws Sending.NotTakenException {
    List<String> lines = lines();
    if (lines.size() != 1) {
      throw new Sending.NotTakenException("its secret file does not hold one line");
    }
    return lines.getFirst();
  }
}
