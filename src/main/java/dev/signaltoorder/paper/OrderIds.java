package dev.signaltoorder.paper;

import java.util.random.RandomGenerator;

/** Ids in Kraken's form: a letter, then 5-5-6 characters; "O" orders, "T" trades. */
final class OrderIds {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final RandomGenerator random;

  /**
   * @param random must not repeat itself after a restart: ids outlive the process in others'
   *     records
   */
  OrderIds(RandomGenerator random) {
    this.random = random;
  }

  String next(char letter) {
    StringBuilder id = new StringBuilder(19).append(letter);
    append(id, 5);
    append(id.append('-'), 5);
    append(id.append('-'), 6);
    return id.toString();
  }

  private void append(StringBuilder id, int characters) {
    for (int i = 0; i < characters; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
  }
}
