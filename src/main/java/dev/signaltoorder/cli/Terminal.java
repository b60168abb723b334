package dev.signaltoorder.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and prints.
 *
 * @param in standard input
 * @param out results, and nothing else
 * @param err what went wrong, and remarks
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err) {

  /** The process's own streams, in UTF-8. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
