package dev.signaltoorder.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));

  @TempDir Path directory;

  @Test
  void readsSecretsAmongCommentsAndBlankLines() throws IOException {
    SecretsFile<SigningKeys> file = file("# old\n" + SECRET + "\n\n  " + OTHER + "  \n");

    assertThat(file.open()).isEmpty();
    assertThat(secretsOf(file)).hasSize(2);
  }

  @Test
  void readsAChangedFileAgainWithinASecond() throws IOException {
    SecretsFile<SigningKeys> file = file(SECRET);
    file.open();
    write(SECRET + "\n" + OTHER);

    assertThat(secretsOf(file)).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(secretsOf(file)).hasSize(2);
  }

  @Test
  void keepsTheOldSecretsWhenTheNewFileIsUnusableAndLogsNothingOfIt() throws IOException {
    SecretsFile<SigningKeys> file = file(SECRET);
    file.open();
    List<String> logged = new ArrayList<>();
    Logger logger = LogContext.getLogContext().getLogger(SecretsFile.class.getName());
    ExtHandler handler =
        new ExtHandler() {
          @Override
          protected void doPublish(ExtLogRecord record) {
            logged.add(new PatternFormatter("%s").format(record));
          }
        };
    logger.addHandler(handler);

    try {
      for (String content : List.of("hunter2-typed-into-the-file", "", "x".repeat(70_000))) {
        write(content);
        clock.advance(Duration.ofSeconds(1));
        assertThat(secretsOf(file)).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(secretsOf(file)).hasSize(1);
      }
      Files.delete(path());
      clock.advance(Duration.ofSeconds(1));
      assertThat(secretsOf(file)).hasSize(1);
    } finally {
      logger.removeHandler(handler);
    }

    // One warning for one change, not one a second.
    assertThat(logged).hasSize(4).noneMatch(line -> line.contains("hunter2"));
  }

  @Test
  void namesTheLineThatIsWrongButNotItsText() throws IOException {
    SecretsFile<SigningKeys> file =
        file(SECRET + "\nwhsec_dG9vLXNob3J0\nwhpk_AAAA\nhunter2\nwhsec_!!!!");

    assertThat(file.open())
        .containsExactly(
            "line 2 is no key", "line 3 is no key", "line 4 is no key", "line 5 is no key");
    assertThat(file.current()).isNull();
  }

  @Test
  void saysThatAFileIsMissingEmptyOrHoldsTooManySecrets() throws IOException {
    assertThat(new SecretsFile<>(path(), SigningKeys::parse, clock).open())
        .containsExactly("cannot be read (NoSuchFileException)");
    assertThat(file("# nothing\n").open()).containsExactly("holds no secret");
    assertThat(file((SECRET + "\n").repeat(9)).open()).containsExactly("holds more than 8 secrets");
  }

  private SecretsFile<SigningKeys> file(String content) throws IOException {
    write(content);
    return new SecretsFile<>(path(), SigningKeys::parse, clock);
  }

  private static List<byte[]> secretsOf(SecretsFile<SigningKeys> file) {
    return Objects.requireNonNull(file.current()).secrets();
  }

  private void write(String content) throws IOException {
    Files.writeString(path(), content);
  }

  private Path path() {
    return directory.resolve("secrets");
  }
}
