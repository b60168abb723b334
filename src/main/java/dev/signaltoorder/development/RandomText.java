package dev.signaltoorder.development;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords nobody can guess, of letters, digits, {@code -} and {@code _}. */
final class RandomText {
  private RandomText() {}

  static String ofBytes(int bytes, SecureRandom random) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }
}
