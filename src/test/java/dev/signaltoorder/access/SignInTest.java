package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.AuthenticationFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directory, verifier, throttle and provider together, with a clock that only the test moves. */
class SignInTest {
  private static final String ADDRESS = "192.0.2.1";

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private Path file;
  private UserDirectory directory;
  private PasswordVerifier verifier;
  private PasswordIdentityProvider provider;

  @BeforeEach
  void begin() throws Exception {
    file = folder.resolve("users");
    write("anna", "right");
    directory = new UserDirectory(file, nanos::get);
    verifier = new PasswordVerifier(directory, nanos::get);
    provider = new PasswordIdentityProvider(verifier, new LoginThrottle(nanos::get));
  }

  @Test
  void knowsARightPassword() {
    assertThat(provider.signIn("anna", "right".toCharArray(), ADDRESS).roles())
        .containsExactly("reviewer");
  }

  @Test
  void refusesAWrongPasswordAnUnknownNameAndAnOverlongPassword() {
    assertRefused("anna", "wrong");
    assertRefused("berta", "right");
    assertRefused("anna", "x".repeat(2_000));
  }

  @Test
  void aTokenLineIsNoPasswordLine() throws Exception {
    Files.writeString(file, "anna:" + UsersFileTest.TOKEN_HASH + ":reviewer\n");
    pass(Duration.ofSeconds(2));

    assertRefused("anna", "a-token");
  }

  @Test
  void remembersARightPasswordForAWhile() {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);

    assertThat(verifier.remembered("anna", "right".toCharArray())).isPresent();
    assertThat(verifier.remembered("anna", "wrong".toCharArray())).isEmpty();
    pass(Duration.ofMinutes(PasswordVerifier.REMEMBERED_MINUTES));
    assertThat(verifier.remembered("anna", "right".toCharArray())).isEmpty();
  }

  @Test
  void aChangedFileCountsAfterASecond() throws Exception {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);
    write("anna", "changed");

    assertThat(verifier.remembered("anna", "right".toCharArray())).isPresent();
    pass(Duration.ofSeconds(1));

    assertThat(verifier.remembered("anna", "right".toCharArray())).isEmpty();
    assertRefused("anna", "right");
    assertThat(provider.signIn("anna", "changed".toCharArray(), ADDRESS)).isNotNull();
  }

  @Test
  void anUnusableNewFileLeavesTheUsersAsTheyWere() throws Exception {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);
    Files.writeString(file, "eve:" + UsersFileTest.TOKEN_HASH + ":operator\nbroken\n");
    pass(Duration.ofSeconds(1));

    assertThat(directory.users().named("anna")).isPresent();
    assertThat(directory.users().named("eve")).isEmpty();
    assertThat(verifier.remembered("anna", "right".toCharArray())).isPresent();
  }

  @Test
  void aRemovedFileLeavesTheUsersAsTheyWere() throws Exception {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);
    Files.delete(file);
    pass(Duration.ofSeconds(1));

    assertThat(directory.users().named("anna")).isPresent();
  }

  @Test
  void withoutAFileNobodySignsIn() {
    UserDirectory none = new UserDirectory(null, nanos::get);

    assertThat(none.users().size()).isZero();
  }

  @Test
  void tenFailuresCloseTheDoorForThatNameAndAddressUntilTheMinuteIsOver() {
    for (int i = 0; i < LoginThrottle.FAILURES_MAX; i++) {
      assertRefused("anna", "wrong");
    }

    assertRefused("anna", "right");
    assertThat(provider.signIn("anna", "right".toCharArray(), "192.0.2.2")).isNotNull();
    // Whoever signed in a moment ago, from wherever, goes on.
    assertThat(provider.signIn("anna", "right".toCharArray(), ADDRESS)).isNotNull();
  }

  @Test
  void theDoorOpensAgain() {
    for (int i = 0; i < LoginThrottle.FAILURES_MAX; i++) {
      assertRefused("anna", "wrong");
    }
    assertRefused("anna", "right");

    pass(Duration.ofMinutes(1));

    assertThat(provider.signIn("anna", "right".toCharArray(), ADDRESS)).isNotNull();
  }

  private void assertRefused(String name, String password) {
    assertThatThrownBy(() -> provider.signIn(name, password.toCharArray(), ADDRESS))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessage(null);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void write(String name, String password) throws Exception {
    PasswordHash hash = PasswordHash.of(password.toCharArray(), 100_000, new SecureRandom());
    // Two sizes, so that the change shows even on a file system with coarse times.
    String padding = "#".repeat(password.length()) + "\n";
    Files.writeString(file, padding + UsersFile.line(name, hash, Set.of("reviewer")) + "\n");
  }
}
