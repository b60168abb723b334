package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.journal.CheckpointKey;
import dev.signaltoorder.testing.Load;
import dev.signaltoorder.testing.OfflineReviewer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that signs the journal is replaced while signals come in. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class CheckpointKeyRotationTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Path keyFile = ServiceResource.checkpointKeyFile();
  private String original = "";
  private String originalId = "";

  @BeforeEach
  void rememberTheKey() throws Exception {
    original = Files.readString(keyFile);
    originalId = OfflineReviewer.keyId(keyFile, RoomyProfile.ACCOUNT, folder);
    accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
    // Not any key: an earlier service may have signed with another one.
    await().atMost(PATIENCE).until(() -> keyId().equals(originalId));
  }

  @AfterEach
  void putItBack() throws IOException {
    putKey(original);
    await().atMost(PATIENCE).until(() -> keyId().equals(originalId));
  }

  @Test
  void anotherKeySignsWithoutARestartAndNoDeliveryIsLost() throws Exception {
    Load load = Load.of(() -> demo().send(Payload.of("CANCEL", freshStrategy())), 202);
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
    load.endsWithoutAFailure();
    String everything = export();
    assertThat(everything).doesNotContain(fresh.lines().skip(1).findFirst().orElseThrow());
    Path export = Files.writeString(folder.resolve("export"), everything);
    String freshKey = OfflineReviewer.publicKey(keyFile, folder.resolve("fresh.pem")).toString();
    Path oldPrivate = Files.writeString(folder.resolve("old"), original);
    String oldKey = OfflineReviewer.publicKey(oldPrivate, folder.resolve("old.pem")).toString();
    isGood(export, "--key", freshKey);
    isGood(export, "--key", freshKey, "--key", oldKey, "--checkpoint", kept.toString());
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
    return OfflineReviewer.ofAccount(list, RoomyProfile.ACCOUNT);
  }

  private String export() {
    return reviewer().get("/audit/export?account=" + RoomyProfile.ACCOUNT).body();
  }

  private static void isGood(Path export, String... more) {
    List<String> words = new ArrayList<>(List.of("verify", export.toString()));
    words.addAll(List.of(more));
    OfflineReviewer.Said verdict = OfflineReviewer.runs(words);
    assertThat(verdict.exitCode()).as(verdict.text()).isZero();
  }
}
