package dev.signaltoorder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signaltoorder.cli.Commands;
import dev.signaltoorder.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A reviewer at another machine: the program's own commands, openssl, and no service. */
public final class OfflineReviewer {
  private static final int RAW_KEY_BYTES = 32;
  private static final int KEY_ID_BYTES = 4;

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

  /**
   * What the checkpoints of an account name as the key of a private key's file: by the note
   * specification, the first bytes of a hash over the account's log, the kind and the raw public
   * key, hexadecimal.
   */
  public static String keyId(Path privateKey, String account, Path folder) throws Exception {
    String pem = Files.readString(publicKey(privateKey, folder.resolve("of-key-id.pem")));
    byte[] spki = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(("signal-to-order/" + account + "\n\u0001").getBytes(StandardCharsets.UTF_8));
    hash.update(spki, spki.length - RAW_KEY_BYTES, RAW_KEY_BYTES);
    return HexFormat.of().formatHex(hash.digest(), 0, KEY_ID_BYTES);
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
