package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileCheckTest {
  @TempDir private Path folder;

  @Test
  void listsEveryBadLineUnderTheSettingsName() throws Exception {
    Path file = Files.writeString(folder.resolve("users"), "one\ntwo\n");

    assertThat(check(file.toString()).problems())
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem.name()).isEqualTo("signal-to-order.users-file"))
        .extracting(ConfigurationProblem::problem)
        .allMatch(problem -> problem.startsWith("line "));
  }

  @Test
  void aGoodFileIsNoProblem() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("users"), "anna:" + UsersFileTest.PASSWORD_HASH + ":reviewer\n");

    assertThat(check(file.toString()).problems()).isEmpty();
  }

  @Test
  void aPathThatIsNoneIsAProblem() {
    assertThat(check("a\0b").problems()).hasSize(1);
  }

  @Test
  void noFileAtAllIsAllowedAndClosesTheDoors() {
    assertThat(new UsersFileCheck(Optional::empty).problems()).isEmpty();
  }

  private static UsersFileCheck check(String file) {
    return new UsersFileCheck(() -> Optional.of(file));
  }
}
