package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
  static final String PASSWORD_HASH =
      "pbkdf2-sha256$100000$MDEyMzQ1Njc4OWFiY2RlZg==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  /** SHA-256 of the token "a-token". */
  static final String TOKEN_HASH =
      "token-sha256$1f6076e3a47ba1ded08025ffe06e57af217c14f9407f33fba50f99b1c7019387";

  @TempDir private Path folder;

  @Test
  void readsPeopleProgramsCommentsAndEmptyLines() {
    UsersFile.Content content =
        UsersFile.parse(
            List.of(
                "# who may what",
                "",
                "anna:" + PASSWORD_HASH + ":reviewer,operator",
                "  grafana:" + TOKEN_HASH + ":metrics  "));

    assertThat(content.problems()).isEmpty();
    assertThat(content.users().size()).isEqualTo(2);
    assertThat(content.users().named("anna").orElseThrow().roles())
        .containsExactlyInAnyOrder("reviewer", "operator");
    assertThat(content.users().withToken("a-token").orElseThrow().name()).isEqualTo("grafana");
    assertThat(content.users().withToken("another")).isEmpty();
  }

  @Test
  void namesEveryBadLineAndRepeatsNoContent() {
    UsersFile.Content content =
        UsersFile.parse(
            List.of(
                "anna:" + PASSWORD_HASH + ":reviewer",
                "no-parts",
                "bad name:" + PASSWORD_HASH + ":reviewer",
                "carl:secret-in-plain-text:reviewer",
                "dora:" + PASSWORD_HASH + ":admin",
                "emil:" + PASSWORD_HASH + ":",
                "anna:" + TOKEN_HASH + ":metrics",
                "fritz:token-sha256$123:metrics",
                "gerd:" + PASSWORD_HASH + ":reviewer,,operator"));

    assertThat(content.problems())
        .hasSize(8)
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("line 2: "),
            problem -> assertThat(problem).startsWith("line 3: the name"),
            problem -> assertThat(problem).startsWith("line 4: the hash"),
            problem -> assertThat(problem).startsWith("line 5: the roles"),
            problem -> assertThat(problem).startsWith("line 6: the roles"),
            problem -> assertThat(problem).isEqualTo("line 7: the name is already on line 1"),
            problem -> assertThat(problem).startsWith("line 8: the token hash"),
            problem -> assertThat(problem).startsWith("line 9: the roles"));
    assertThat(String.join(" ", content.problems()))
        .doesNotContain("secret-in-plain-text", "AAAAAAAA", "no-parts", "bad name");
  }

  @Test
  void aFileWithNobodyInItIsAProblem() {
    assertThat(UsersFile.parse(List.of("# nobody yet")).problems())
        .containsExactly("the file names no user");
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThat(UsersFile.read(folder.resolve("missing")).problems())
        .containsExactly("the file does not exist");
  }

  @Test
  void aFileThatIsNoTextIsAProblem() throws Exception {
    Path file = Files.write(folder.resolve("users"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThat(UsersFile.read(file).problems()).containsExactly("the file is not UTF-8 text");
  }

  @Test
  void writesNoLineItWouldNotRead() {
    PasswordHash hash = PasswordHash.parse(PASSWORD_HASH);

    assertThat(UsersFile.line("anna", hash, Set.of("reviewer")))
        .isEqualTo("anna:" + PASSWORD_HASH + ":reviewer");
    assertThatThrownBy(() -> UsersFile.line("an:na", hash, Set.of("reviewer")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UsersFile.line("anna", hash, Set.of("admin")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
