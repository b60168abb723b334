package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signaltoorder.cli.Commands;
import dev.signaltoorder.cli.Terminal;
import dev.signaltoorder.journal.CheckpointKey;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that signs the journal is replaced while signals come in. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class CheckpointKeyRotationTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final Path keyFile = ServiceResource.checkpointKeyFile();
  private String original = "";
  private String originalId = "";

  @BeforeEach
  void rememberTheKey() throws IOException {
    original = Files.readString(keyFile);
    accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
    await().atMost(PATIENCE).until(() -> !keyId().isEmpty());
    originalId = keyId();
  }

  @AfterEach
  void putItBack() throws IOException {
    putKey(original);
    await().atMost(PATIENCE).until(() -> keyId().equals(originalId));
  }

  @Test
  void anotherKeySignsWithoutARestartAndNoDeliveryIsLost() throws Exception {
    Path kept = Files.copy(ServiceResource.checkpointFile(), folder.resolve("kept"));
    String fresh = CheckpointKey.freshPem(new SecureRandom());

    putKey(fresh);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
              return !keyId().equals(originalId);
            });

    await().atMost(PATIENCE).until(() -> export().contains("checkpoint-key-replaced"));
    String everything = export();
    assertThat(everything).doesNotContain(fresh.lines().skip(1).findFirst().orElseThrow());
    Path export = Files.writeString(folder.resolve("export"), everything);
    Path freshKey = publicKey(keyFile, "fresh.pem");
    Path oldPrivate = Files.writeString(folder.resolve("old"), original);
    assertThat(verify("verify", export.toString(), "--key", freshKey.toString())).isZero();
    assertThat(
            verify(
                "verify",
                export.toString(),
                "--key",
                freshKey.toString(),
                "--key",
                publicKey(oldPrivate, "old.pem").toString(),
                "--checkpoint",
                kept.toString()))
        .isZero();
  }

  @Test
  void aFileThatHoldsNoKeyChangesNothing() throws Exception {
    putKey("no key at all");

    // Three looks at the file.
    Thread.sleep(Duration.ofSeconds(16));

    long before = signedFacts();
    accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
    await().atMost(PATIENCE).until(() -> signedFacts() > before);
    assertThat(keyId()).isEqualTo(originalId);
  }

  private void putKey(String pem) throws IOException {
    Path beside = Files.writeString(keyFile.resolveSibling("checkpoint.key.new"), pem);
    Files.move(beside, keyFile, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Of the newest checkpoint; empty while there is none. */
  private String keyId() {
    return ofAccount(latest().path("checkpoints")).path("keyId").asText("");
  }

  private long signedFacts() {
    return ofAccount(latest().path("logs")).path("signedFacts").asLong();
  }

  private JsonNode latest() {
    return reviewer().get("/audit/checkpoints/latest").json();
  }

  private static JsonNode ofAccount(JsonNode list) {
    for (JsonNode each : list) {
      if (each.path("account").asText().equals(RoomyProfile.ACCOUNT)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  private String export() {
    return reviewer().get("/audit/export?account=" + RoomyProfile.ACCOUNT).body();
  }

  private Path publicKey(Path privateKey, String name) throws Exception {
    Path key = folder.resolve(name);
    Process openssl =
        new ProcessBuilder(
                "openssl", "pkey", "-in", privateKey.toString(), "-pubout", "-out", key.toString())
            .inheritIO()
            .start();
    assertThat(openssl.waitFor()).isZero();
    return key;
  }

  private static int verify(String... words) {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out, true),
            new PrintWriter(out, true));
    int exitCode = Commands.on(terminal, Clock.systemUTC()).execute(words);
    assertThat(exitCode).as(out.toString()).isZero();
    return exitCode;
  }
}
