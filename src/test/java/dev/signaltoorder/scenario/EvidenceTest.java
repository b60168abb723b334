package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.journal.OfflineProofs;
import dev.signaltoorder.testing.Answer;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reviewer fetches the journal and checks it on another machine. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class EvidenceTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Path keyFile = ServiceResource.checkpointKeyFile();
  private final Path checkpoints = ServiceResource.checkpointFile();

  private final ObjectMapper json = new ObjectMapper();
  private String said = "";

  @BeforeEach
  void somethingIsSigned() throws Exception {
    String signalId = accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
    report().awaitOutcome(signalId, "DONE");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode log = ofAccount(latest().path("logs"));
              assertThat(log.path("contradiction").isNull()).as(log.toString()).isTrue();
              assertThat(log.path("signedFacts").asLong())
                  .isPositive()
                  .isEqualTo(log.path("facts").asLong());
            });
  }

  @Test
  void anExportVerifiesOfflineAgainstTheCheckpointFileOfTheService() throws Exception {
    // Kept first: a checkpoint that is signed after the export attests to more than it holds.
    Path kept = Files.copy(checkpoints, folder.resolve("kept"));
    Path export = Files.writeString(folder.resolve("export.ndjson"), export(""));

    assertThat(verify(export, "--checkpoint", kept.toString())).as(said).isZero();
    assertThat(said).contains(RoomyProfile.ACCOUNT + ": ", "good");
  }

  @Test
  void anExportVerifiesAgainstCheckpointsThatTheServiceAnswered() throws Exception {
    Path notes =
        Files.writeString(
            folder.resolve("notes"),
            reviewer().get("/audit/checkpoints/latest", "text/plain").body());
    Path export =
        Files.writeString(
            folder.resolve("export.ndjson"), export("?account=" + RoomyProfile.ACCOUNT));

    assertThat(verify(export, "--checkpoint", notes.toString())).as(said).isZero();
  }

  @Test
  void aChangedExportIsTamperedAndNamesTheEntry() throws Exception {
    String export = export("?account=" + RoomyProfile.ACCOUNT);
    Path changed =
        Files.writeString(
            folder.resolve("changed.ndjson"), export.replaceFirst("loop-started", "loop-stopped"));

    assertThat(verify(changed)).isEqualTo(1);
    assertThat(said).contains("tampered: account roomy, seq 0: was changed");
  }

  @Test
  void aRangeHasItsOwnProof() throws Exception {
    JsonNode newest = ofAccount(latest().path("checkpoints"));
    String time = newest.path("recordedAt").textValue();
    Path before = Files.writeString(folder.resolve("before"), export("?to=" + time));
    Path after = Files.writeString(folder.resolve("after"), export("?from=" + time));

    assertThat(verify(before)).as(said).isZero();
    assertThat(verify(after)).as(said).isZero();
  }

  @Test
  void checkpointsComeInPagesNewestFirst() throws Exception {
    List<Instant> times = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          read(reviewer().get("/audit/checkpoints?account=roomy&limit=2" + cursor)).deepCopy();
      for (JsonNode each : page.path("checkpoints")) {
        times.add(Instant.parse(each.path("recordedAt").asText()));
        notes.add(each.path("note").asText());
      }
      cursor =
          page.path("nextCursor").isNull() ? "" : "&cursor=" + page.path("nextCursor").asText();
    } while (!cursor.isEmpty() && times.size() < 50);

    // Not by size: a service with another key signs heads that an earlier one has signed.
    assertThat(times).isNotEmpty().isSortedAccordingTo(Comparator.reverseOrder());
    // Two keys may have signed the same head.
    assertThat(notes).doesNotHaveDuplicates();
  }

  @Test
  void proofsLeadFromFactsAndOlderCheckpointsToTheSignedRoot() throws Exception {
    Path pem = OfflineReviewer.publicKey(keyFile, folder.resolve("public.pem"));
    OfflineProofs offline = new OfflineProofs(Files.readString(pem));
    JsonNode signed =
        read(reviewer().get("/audit/checkpoints?account=roomy&limit=20")).path("checkpoints");
    String newest = signed.path(0).path("note").textValue();
    long size = signed.path(0).path("size").longValue();
    List<String> leaves = leaves(export("?account=roomy"));

    for (long seq : new long[] {0, size / 2, size - 1}) {
      JsonNode proof =
          read(reviewer()
                  .get("/audit/proofs/inclusion?account=roomy&seq=%d&size=%d".formatted(seq, size)))
              .path("proof");
      String leaf = leaves.get(Math.toIntExact(seq));
      assertThat(offline.included(leaf, seq, proof, newest)).as("fact %d", seq).isTrue();
      String wrong = leaves.get(Math.toIntExact((seq + 1) % size));
      assertThat(offline.included(wrong, seq, proof, newest)).as("not %d", seq).isFalse();
    }
    for (JsonNode older : signed) {
      // Tests before this one may have replaced the key, or had a service with another one.
      if (!offline.opens(older.path("note").textValue())) {
        continue;
      }
      long first = older.path("size").longValue();
      JsonNode proof =
          read(reviewer()
                  .get(
                      "/audit/proofs/consistency?account=roomy&first=%d&second=%d"
                          .formatted(first, size)))
              .path("proof");
      assertThat(offline.consistent(older.path("note").textValue(), newest, proof))
          .as("%d to %d", first, size)
          .isTrue();
    }
    assertThat(
            reviewer()
                .get("/audit/proofs/inclusion?account=roomy&seq=0&size=" + (size + 1_000_000))
                .status())
        .isEqualTo(404);
  }

  private List<String> leaves(String export) throws IOException {
    List<String> leaves = new ArrayList<>();
    for (String line : export.split("\n", -1)) {
      if (line.endsWith("\"type\":\"fact\"}")) {
        leaves.add(json.readTree(line).path("leafHash").textValue());
      }
    }
    return leaves;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/audit/export",
        "/audit/checkpoints",
        "/audit/checkpoints/latest",
        "/audit/proofs/inclusion?account=a&seq=0&size=1",
        "/audit/proofs/consistency?account=a&first=0&second=1"
      })
  void onlyReviewersMayLook(String path) {
    assertThat(stranger().get(path).status()).isEqualTo(401);
    assertThat(operator().get(path).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/audit/export?from=yesterday",
        "/audit/export?fron=2026-01-01T00:00:00Z",
        "/audit/export?account=UPPER",
        "/audit/checkpoints?limit=0",
        "/audit/checkpoints?cursor=abc",
        "/audit/proofs/inclusion?account=a&seq=5&size=5",
        "/audit/proofs/consistency?account=a&first=6&second=5",
        "/audit/proofs/consistency?first=6&second=x"
      })
  void wrongParametersAreNamed(String path) {
    Answer answer = reviewer().get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("allowed");
  }

  private String export(String query) {
    Answer answer = reviewer().get("/audit/export" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    // Counted just before: more may have been signed since.
    long facts = answer.body().lines().filter(line -> line.endsWith("\"type\":\"fact\"}")).count();
    assertThat(answer.header("Export-Facts")).matches("[0-9]+");
    assertThat(Long.parseLong(answer.header("Export-Facts"))).isBetween(0L, facts);
    return answer.body();
  }

  private JsonNode latest() throws IOException {
    return read(reviewer().get("/audit/checkpoints/latest"));
  }

  private JsonNode read(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private static JsonNode ofAccount(JsonNode list) {
    JsonNode found = OfflineReviewer.ofAccount(list, RoomyProfile.ACCOUNT);
    assertThat(found.isMissingNode()).as(list.toString()).isFalse();
    return found;
  }

  private int verify(Path export, String... more) throws Exception {
    Path key = OfflineReviewer.publicKey(keyFile, folder.resolve("public.pem"));
    List<String> words =
        new ArrayList<>(List.of("verify", export.toString(), "--key", key.toString()));
    words.addAll(List.of(more));
    OfflineReviewer.Said verdict = OfflineReviewer.runs(words);
    said = verdict.text();
    return verdict.exitCode();
  }
}
