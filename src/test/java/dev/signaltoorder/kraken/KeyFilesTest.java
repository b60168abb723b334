package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

  private static final String SECRET = "c2VjcmV0LWJ5dGVzLXNlY3JldC1ieXRlcw==";

  @TempDir Path folder;

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static KeyFiles.Loading load(
      @Nullable String key,
      @Nullable String secret,
      @Nullable String readKey,
      @Nullable String readSecret) {
    return new KeyFiles(
            "signal-to-order.accounts.main.",
            Optional.ofNullable(key),
            Optional.ofNullable(secret),
            Optional.ofNullable(readKey),
            Optional.ofNullable(readSecret))
        .load();
  }

  private static List<ConfigurationProblem> problems(KeyFiles.Loading loading) {
    assertThat(loading).isInstanceOf(KeyFiles.Unusable.class);
    return ((KeyFiles.Unusable) loading).problems();
  }

  private static KrakenKeys keys(KeyFiles.Loading loading) {
    assertThat(loading).isInstanceOf(KeyFiles.Loaded.class);
    return ((KeyFiles.Loaded) loading).keys();
  }

  @Test
  void oneKeyServesBothRoles() throws IOException {
    KrakenKeys keys = keys(load(file("k", "key-one-x\n"), file("s", SECRET + "\n"), null, null));

    assertThat(keys.roles()).containsExactly(KeyRole.BOTH);
    assertThat(keys.trade().fingerprint()).matches("[0-9a-f]{12}");
  }

  @Test
  void twoKeysHaveOneRoleEach() throws IOException {
    String secret = file("s", SECRET);

    KrakenKeys keys = keys(load(file("k1", "key-one-x"), secret, file("k2", "key-two-x"), secret));

    assertThat(keys.roles()).containsExactly(KeyRole.TRADE, KeyRole.READ);
  }

  @Test
  void theSameKeyGivenTwiceIsOneKey() throws IOException {
    String key = file("k", "key-one-x");
    String secret = file("s", SECRET);

    assertThat(keys(load(key, secret, key, secret)).roles()).containsExactly(KeyRole.BOTH);
  }

  @Test
  void everythingThatIsWrongIsListedByName() throws IOException {
    KeyFiles.Loading loading =
        load(null, folder.resolve("none").toString(), file("k", "  "), folder.toString());

    assertThat(problems(loading))
        .extracting(ConfigurationProblem::name)
        .containsExactly(
            "signal-to-order.accounts.main.trade-key-file",
            "signal-to-order.accounts.main.trade-secret-file",
            "signal-to-order.accounts.main.read-secret-file",
            "signal-to-order.accounts.main.read-key-file");
  }

  @Test
  void aSecretThatIsNotBase64OrTooShortIsRefusedWithoutRepeatingIt() throws IOException {
    String key = file("k", "key-one-x");

    String notBase64 = problems(load(key, file("s1", "hush-hush!"), null, null)).toString();
    String tooShort = problems(load(key, file("s2", "aHVzaA=="), null, null)).toString();

    assertThat(notBase64).contains("trade-secret-file").doesNotContain("hush");
    assertThat(tooShort).contains("too short").doesNotContain("aHVzaA");
  }

  @Test
  void aKeyThatIsNotOneIsRefusedWithoutRepeatingIt() throws IOException {
    assertThat(problems(load(file("k", "two words"), file("s", SECRET), null, null)).toString())
        .contains("trade-key-file")
        .doesNotContain("two words");
  }
}
