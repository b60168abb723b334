package dev.signaltoorder.signal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** SHA-256 hashes of the tokens a source accepts; the tokens themselves are nowhere here. */
final class TokenHashes {
  /** What a line of the secrets file may be, for messages. */
  static final String ALLOWED = "sha256: and the 64 hex digits of the token's SHA-256";

  /**
   * Shorter tokens are never accepted: their hash would be guessed, and taking them out of a body
   * would hit innocent text.
   */
  static final int TOKEN_CHARACTERS_MIN = 16;

  static final int TOKEN_CHARACTERS_MAX = 256;

  private static final Pattern LINE = Pattern.compile("sha256:[0-9a-fA-F]{64}");

  private final List<byte[]> hashes;

  private TokenHashes(List<byte[]> hashes) {
    this.hashes = List.copyOf(hashes);
  }

  /** Reads the lines of a secrets file; problems name the line's number, never its text. */
  static TokenHashes parse(List<SecretsFile.Line> lines, Consumer<String> problem) {
    List<byte[]> hashes = new ArrayList<>();
    for (SecretsFile.Line line : lines) {
      if (LINE.matcher(line.text()).matches()) {
        hashes.add(HexFormat.of().parseHex(line.text().substring("sha256:".length())));
      } else {
        problem.accept("line " + line.number() + " is no token hash");
      }
    }
    return new TokenHashes(hashes);
  }

  /** Whether the token is one of them; takes the same time for every wrong token. */
  boolean contain(String token) {
    byte[] hash = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    boolean found = false;
    for (byte[] known : hashes) {
      found |= MessageDigest.isEqual(known, hash);
    }
    return found && token.length() >= TOKEN_CHARACTERS_MIN;
  }

  @Override
  public String toString() {
    return "TokenHashes[" + hashes.size() + "]";
  }
}
