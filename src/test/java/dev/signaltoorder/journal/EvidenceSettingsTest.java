package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceSettingsTest {
  @TempDir Path folder;

  @Test
  void nothingConfiguredIsAllowedAndSignsNothing() {
    EvidenceSettings settings = read(null, null, "signal-to-order", null);

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.key()).isEmpty();
  }

  @Test
  void aKeyAsOpensslWritesItIsRead() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), CheckpointKey.freshPem(new SecureRandom()));

    EvidenceSettings settings =
        read(
            key.toString(),
            folder.resolve("checkpoints").toString(),
            "example.com/trading",
            "https://witness.example.com/notes?token=t");

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.key()).isPresent();
    assertThat(settings.file()).contains(folder.resolve("checkpoints"));
    assertThat(settings.webhook()).isPresent();
  }

  @Test
  void everyWrongValueIsNamedAndNoneIsRepeated() throws Exception {
    Path noKey = Files.writeString(folder.resolve("no-key"), "hidden treasure");

    EvidenceSettings settings =
        read(
            noKey.toString(),
            folder.resolve("absent/checkpoints").toString(),
            "two words",
            "http://witness.example.com/hidden");

    assertThat(settings.problems())
        .extracting(ConfigurationProblem::name)
        .containsExactlyInAnyOrder(
            "signal-to-order.checkpoint-key-file",
            "signal-to-order.checkpoint-file",
            "signal-to-order.checkpoint-origin",
            "signal-to-order.checkpoint-webhook");
    assertThat(settings.problems())
        .allSatisfy(problem -> assertThat(problem.line()).doesNotContain("hidden"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a.example", "ftp://a.example", "https://u:p@a.example", "https:", "::"})
  void onlyAnHttpsAddressIsAWebhook(String address) {
    assertThat(read(null, null, "o", address).problems()).hasSize(1);
  }

  private static EvidenceSettings read(
      @Nullable String key, @Nullable String file, String origin, @Nullable String webhook) {
    return EvidenceSettings.read(
        new EvidenceConfig() {
          @Override
          public Optional<String> checkpointKeyFile() {
            return Optional.ofNullable(key);
          }

          @Override
          public Optional<String> checkpointFile() {
            return Optional.ofNullable(file);
          }

          @Override
          public String checkpointOrigin() {
            return origin;
          }

          @Override
          public Optional<String> checkpointWebhook() {
            return Optional.ofNullable(webhook);
          }
        });
  }
}
