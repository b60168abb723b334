package dev.signaltoorder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signaltoorder.cli.Commands;
import dev.signaltoorder.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A reviewer at another machine: the program's own commands, openssl, and no service. */
public final class OfflineReviewer {
  private OfflineReviewer() {}

  /**
   * What a command said.
   *
   * @param exitCode 0, 1 or 2
   */
  public record Said(int exitCode, String text) {}

  /** Runs a command of the program, {@code verify} above all. */
  public static Said runs(List<String> words) {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out, true),
            new PrintWriter(out, true));
    int exitCode = Commands.on(terminal, Clock.systemUTC()).execute(words.toArray(new String[0]));
    return new Said(exitCode, out.toString());
  }

  /** The public half of a private key, written beside the test's other files. */
  public static Path publicKey(Path privateKey, Path into) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl", "pkey", "-in", privateKey.toString(), "-pubout", "-out", into.toString())
            .inheritIO()
            .start();
    if (openssl.waitFor() != 0) {
      throw new AssertionError("openssl could not read " + privateKey);
    }
    return into;
  }

  /** The entry of an account in a list of entries; a missing node when there is none. */
  public static JsonNode ofAccount(JsonNode list, String account) {
    for (JsonNode each : list) {
      if (each.path("account").asText().equals(account)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }
}
