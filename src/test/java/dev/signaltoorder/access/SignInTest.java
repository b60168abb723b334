package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
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
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LoginThrottle throttle;
  private SignInRecord record;
  private PasswordIdentityProvider provider;

  @BeforeEach
  void begin() throws Exception {
    file = folder.resolve("users");
    write("anna", "right");
    directory = new UserDirectory(file, nanos::get);
    verifier = new PasswordVerifier(directory, nanos::get);
    throttle = new LoginThrottle(nanos::get);
    record = new SignInRecord(meters, nanos::get);
    provider = new PasswordIdentityProvider(verifier, throttle, record);
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

  @Test
  void aFreshNameEachTimeDoesNotHelpAStranger() throws Exception {
    for (int i = 0; i < LoginThrottle.ADDRESS_FAILURES_MAX; i++) {
      assertRefused("guess" + i, "x");
    }
    assertThat(count("refused")).isEqualTo(LoginThrottle.ADDRESS_FAILURES_MAX);

    for (int i = 0; i < 500; i++) {
      assertRefused("another" + i, "x");
    }

    assertThat(count("refused")).as("hashed").isEqualTo(LoginThrottle.ADDRESS_FAILURES_MAX);
    assertThat(count("throttled")).isEqualTo(500);
    assertRefused("anna", "right");
    assertThat(provider.signIn("anna", "right".toCharArray(), "192.0.2.2")).isNotNull();
  }

  @Test
  void anAddressThatFailedTooOftenMayTryAgainAfterAMinute() {
    for (int i = 0; i < LoginThrottle.ADDRESS_FAILURES_MAX; i++) {
      assertThat(throttle.begin("guess" + i, ADDRESS)).isTrue();
    }
    assertRefused("anna", "right");
    pass(Duration.ofMinutes(1));

    assertThat(provider.signIn("anna", "right".toCharArray(), ADDRESS)).isNotNull();
  }

  @Test
  void whoHasSignedInFromAnAddressIsNotLockedOutByStrangersThere() {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);
    pass(Duration.ofHours(LoginThrottle.KNOWN_HOURS).minusMinutes(1));
    assertThat(verifier.remembered("anna", "right".toCharArray())).isEmpty();
    for (int i = 0; i < 2 * LoginThrottle.ADDRESS_FAILURES_MAX; i++) {
      assertRefused("guess" + i, "x");
    }

    assertThat(provider.signIn("anna", "right".toCharArray(), ADDRESS)).isNotNull();
    assertThat(count("accepted")).isEqualTo(2);
  }

  @Test
  void whoHasSignedInFromAnAddressIsStillBoundedUnderTheOwnName() {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);
    for (int i = 0; i < 3 * LoginThrottle.FAILURES_MAX; i++) {
      assertRefused("anna", "wrong");
    }

    assertThat(count("refused")).isEqualTo(LoginThrottle.FAILURES_MAX);
  }

  @Test
  void rightPasswordsUseUpNoAllowance() {
    for (int i = 0; i < 2 * LoginThrottle.ADDRESS_FAILURES_MAX; i++) {
      assertThat(throttle.begin("anna", ADDRESS)).isTrue();
      throttle.undo("anna", ADDRESS);
    }
    assertThat(throttle.begin("anna", ADDRESS)).isTrue();
  }

  @Test
  void anIpv6NetworkIsOneAddress() {
    for (int i = 0; i < LoginThrottle.ADDRESS_FAILURES_MAX; i++) {
      assertThat(throttle.begin("guess" + i, "2001:db8:0:1::" + Integer.toHexString(i))).isTrue();
    }

    assertThat(throttle.begin("one-more", "2001:db8:0:1:ffff::1")).isFalse();
    assertThat(throttle.begin("one-more", "2001:db8:0:2::1")).isTrue();
    assertThat(throttle.begin("one-more", "unknown")).isTrue();
  }

  @Test
  void aFloodOfStrangersDoesNotHoldUpWhoIsKnown() throws Exception {
    provider.signIn("anna", "right".toCharArray(), ADDRESS);
    pass(Duration.ofMinutes(PasswordVerifier.REMEMBERED_MINUTES));
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger number = new AtomicInteger();
    AtomicInteger turnedDown = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        threads.execute(
            () -> {
              while (!over.get()) {
                int one = number.getAndIncrement();
                // From everywhere, so that no address runs out of its allowance.
                try {
                  provider.signIn("g" + one, "x".toCharArray(), "host" + one);
                } catch (AuthenticationFailedException | ProblemException e) {
                  turnedDown.incrementAndGet();
                }
              }
            });
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> count("busy") > 100);

      assertThat(provider.signIn("anna", "right".toCharArray(), ADDRESS).name()).isEqualTo("anna");
      over.set(true);
    }
    assertThat(turnedDown).hasValue(number.get());
    assertThat(count("refused")).isPositive();
  }

  @Test
  void theAnswerToTooManyAtOnceSaysNothingAboutTheCredentials() {
    ProblemException busy = new ProblemException(PasswordIdentityProvider.BUSY);

    assertThat(busy.problem().status()).isEqualTo(503);
    assertThat(busy.problem().detail()).contains("Nothing was decided");
  }

  @Test
  void failuresAreLoggedInBoundedNumberAndNameNobody() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = collecting(lines);
    Logger.getLogger("").addHandler(handler);
    try {
      for (int i = 0; i < 100; i++) {
        record.failed(SignInRecord.By.TOKEN, SignInRecord.Outcome.REFUSED, ADDRESS);
      }
      assertRefused("my-secret-password", "another-secret");
      assertThat(lines).hasSize(SignInRecord.LINES_MAX);
      pass(Duration.ofMinutes(1));
      assertRefused("my-secret-password", "another-secret");
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }

    assertThat(lines)
        .hasSize(SignInRecord.LINES_MAX + 1)
        .noneMatch(line -> line.contains("secret"));
    assertThat(lines.getFirst()).isEqualTo("sign-in by token from 192.0.2.1: refused");
    assertThat(lines.getLast())
        .isEqualTo(
            "sign-in by password from 192.0.2.1: refused"
                + " (and 91 failures before it that are not in the log)");
  }

  @Test
  void whoSignedInIsLoggedOnceInAWhileForEachWayAndAddress() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = collecting(lines);
    Logger.getLogger("").addHandler(handler);
    try {
      provider.signIn("anna", "right".toCharArray(), ADDRESS);
      provider.signIn("anna", "right".toCharArray(), ADDRESS);
      provider.signIn("anna", "right".toCharArray(), "192.0.2.2");
      record.accepted(SignInRecord.By.TOKEN, "anna", ADDRESS);
      pass(Duration.ofMinutes(SignInRecord.QUIET_MINUTES));
      provider.signIn("anna", "right".toCharArray(), ADDRESS);
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }

    assertThat(lines)
        .filteredOn(line -> line.contains("signed in"))
        .containsExactly(
            "anna signed in by password from 192.0.2.1",
            "anna signed in by password from 192.0.2.2",
            "anna signed in by token from 192.0.2.1",
            "anna signed in by password from 192.0.2.1");
    assertThat(lines).noneMatch(line -> line.contains("right"));
  }

  @Test
  void aTokenSignsInUntilItIsRemoved() throws Exception {
    TokenIdentityProvider tokens = new TokenIdentityProvider(directory, record);
    Files.writeString(file, "bot:" + UsersFileTest.TOKEN_HASH + ":reviewer\n");
    pass(Duration.ofSeconds(2));
    assertThat(tokens.signIn("a-token", ADDRESS).name()).isEqualTo("bot");
    assertThatThrownBy(() -> tokens.signIn("another", ADDRESS))
        .isInstanceOf(AuthenticationFailedException.class);

    write("anna", "right");
    pass(Duration.ofSeconds(2));

    assertThatThrownBy(() -> tokens.signIn("a-token", ADDRESS))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void whoComesDuringTheFirstReadWaitsForIt() throws Exception {
    // Its reader waits for a writer, so that the first read takes as long as the test wants.
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    UserDirectory slow = new UserDirectory(pipe, nanos::get);
    AtomicReference<Users> seen = new AtomicReference<>();
    Thread one = new Thread(slow::users);
    Thread other = new Thread(() -> seen.set(slow.users()));
    one.start();
    try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
      // Here the first one is reading.
      other.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> other.getState() == Thread.State.WAITING || seen.get() != null);
      out.write(Files.readAllBytes(file));
    }
    one.join();
    other.join();

    assertThat(seen.get().named("anna")).isPresent();
  }

  private double count(String outcome) {
    return meters
        .get("signal_to_order_sign_ins")
        .tag("by", "password")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static Handler collecting(List<String> lines) {
    Formatter text = new PatternFormatter("%s");
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        if (String.valueOf(entry.getLoggerName()).equals(SignInRecord.class.getName())) {
          lines.add(text.format(entry));
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
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
