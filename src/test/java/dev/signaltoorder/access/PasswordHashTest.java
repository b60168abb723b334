package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final String SALT = "MDEyMzQ1Njc4OWFiY2RlZg==";
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @Test
  void knowsItsPasswordAgainAfterWritingAndReading() {
    PasswordHash hash = PasswordHash.of("pässword 1".toCharArray(), 100_000, new SecureRandom());

    PasswordHash read = PasswordHash.parse(hash.written());

    assertThat(read.matches("pässword 1".toCharArray())).isTrue();
    assertThat(read.matches("pässword 2".toCharArray())).isFalse();
    assertThat(read.matches(new char[0])).isFalse();
  }

  /**
   * Computed with Python: hashlib.pbkdf2_hmac('sha256', 'pässword', '0123456789abcdef', 100000).
   */
  @Test
  void agreesWithAnotherImplementation() {
    PasswordHash hash =
        PasswordHash.parse(
            "pbkdf2-sha256$100000$" + SALT + "$X33OyV8cOYCmtNjwhg86/8TyZSOxb/D7uz1fFKX2pww=");

    assertThat(hash.matches("pässword".toCharArray())).isTrue();
  }

  @Test
  void newHashesTakeTheAdvisedIterationsAndDifferEachTime() {
    SecureRandom random = new SecureRandom();

    String first = PasswordHash.of("same".toCharArray(), random).written();

    assertThat(first).startsWith("pbkdf2-sha256$600000$");
    assertThat(PasswordHash.of("same".toCharArray(), random).written()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000", "5000000"})
  void takesIterationsUpToBothBounds(String iterations) {
    assertThat(PasswordHash.parse(written(iterations, SALT, HASH)).iterations())
        .isEqualTo(Integer.parseInt(iterations));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "99999", "5000001", "999999999"})
  void refusesIterationsBeyondTheBounds(String iterations) {
    assertThatThrownBy(() -> PasswordHash.parse(written(iterations, SALT, HASH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the iterations are not between 100000 and 5000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "pbkdf2-sha256$",
        "pbkdf2-sha256$-600000$" + SALT + "$" + HASH,
        "pbkdf2-sha256$99999999999$" + SALT + "$" + HASH,
        "pbkdf2-sha256$600000$c2hvcnQ=$" + HASH,
        "pbkdf2-sha256$600000$" + SALT + "$c2hvcnQ=",
        "pbkdf2-sha256$600000$====$" + HASH,
        "pbkdf2-sha256$600000$" + SALT + "$" + HASH + "$",
        "pbkdf2-sha512$600000$" + SALT + "$" + HASH
      })
  void refusesWhatIsNoHashWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(SALT)
        .hasMessageNotContaining(HASH);
  }

  @Test
  void aDecoyMatchesNothing() {
    PasswordHash decoy = PasswordHash.decoy(100_000, new SecureRandom());

    assertThat(decoy.matches("anything".toCharArray())).isFalse();
  }

  @Test
  void showsNothingOfItself() {
    assertThat(PasswordHash.parse(written("600000", SALT, HASH)).toString())
        .doesNotContain(SALT)
        .doesNotContain(HASH);
  }

  private static String written(String iterations, String salt, String hash) {
    return "pbkdf2-sha256$" + iterations + "$" + salt + "$" + hash;
  }
}
