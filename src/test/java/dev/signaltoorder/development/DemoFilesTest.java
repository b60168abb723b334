package dev.signaltoorder.development;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
  @TempDir private Path folder;
  private DemoFiles demo;

  @BeforeEach
  void begin() throws Exception {
    demo = new DemoFiles(PrivateFiles.in(folder));
  }

  @Test
  void tellsThePasswordsOnceAndKeepsOnlyTheirHashes() throws Exception {
    Map<String, String> first = demo.ensureUsers();

    Map<String, String> second = demo.ensureUsers();

    assertThat(first).containsOnlyKeys("reviewer", "operator");
    assertThat(second).isEmpty();
    String users = Files.readString(folder.resolve("users"));
    assertThat(users).contains("reviewer:pbkdf2-sha256$", "operator:pbkdf2-sha256$");
    first.values().forEach(password -> assertThat(users).doesNotContain(password));
  }

  @Test
  void keepsTheSecretOfAnEarlierStart() throws Exception {
    demo.ensureSecret();
    String first = Files.readString(folder.resolve("demo.secret"));

    demo.ensureSecret();

    assertThat(Files.readString(folder.resolve("demo.secret")))
        .isEqualTo(first)
        .startsWith("whsec_");
  }

  @Test
  void theSenderRunsWithoutMaven() throws Exception {
    demo.ensureSecret();
    demo.writeSender(1);
    Path sender = folder.resolve("send-sample");

    Process process = new ProcessBuilder(sender.toString()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    // Nothing listens on port 1: it read the secret, signed, and could not connect.
    assertThat(said).contains("no answer from http://localhost:1/webhooks/demo");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sender)))
        .isEqualTo("rwx------");
  }
}
