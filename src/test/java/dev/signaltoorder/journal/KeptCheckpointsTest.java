package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An archive is checked long after it was made, against a file of checkpoints that has grown since.
 */
class KeptCheckpointsTest {
  private static final int ARCHIVED = 80;
  private static final int BY_EXPORT = 120;
  private static final int NOW = 200;
  private static final String UNTIL = EvidenceDatabase.timeOf(ARCHIVED).toString();

  @TempDir static Path folder;

  private static EvidenceDatabase database;
  private static Path publicKey;
  private static Path kept;

  /** Everything before a time, made when there was more already. */
  private static byte[] archive;

  /** Everything, made at the same time. */
  private static byte[] olderExport;

  @BeforeAll
  static void anArchiveAndALaterLife() throws Exception {
    database = EvidenceDatabase.in(folder, 42);
    Checkpointing signing = database.newCheckpointing();
    append(ARCHIVED, signing);
    append(BY_EXPORT - ARCHIVED, signing);
    archive = database.export(new ExportRange(null, EvidenceDatabase.timeOf(ARCHIVED), null));
    olderExport = database.export(ExportRange.ALL);
    append(NOW - BY_EXPORT, signing);
    publicKey = Files.writeString(folder.resolve("public.pem"), database.key.publicPem());
    kept = database.checkpointFile();
  }

  /** In tens, each signed. */
  private static void append(int facts, Checkpointing signing) throws Exception {
    for (int i = 0; i < facts; i += 10) {
      database.append("main", 10, 1_000, signing);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void anArchiveIsGoodAgainstAFileThatHasGrownSinceAndSaysHowFarItGoes() throws Exception {
    Verdict.Good good = (Verdict.Good) verdict(archive, kept);

    assertThat(good.part()).isEqualTo("recorded before " + UNTIL);
    assertThat(good.journals())
        .containsExactly(
            "main: 80 facts, 0 to 79, good; under 16 checkpoints, the newest of 120 facts;"
                + " kept checkpoints that agree: 9; only up to fact 79 of at least 200");
  }

  @Test
  void anArchiveIsGoodAgainstOneCheckpointOfItsTime() throws Exception {
    Verdict.Good good = (Verdict.Good) verdict(archive, notes(30));

    assertThat(good.journals().getFirst())
        .contains("kept checkpoints that agree: 1; only up to fact 79 of at least 120");
  }

  @Test
  void whenNoKeptCheckpointCanBeComparedItCannotBeTold() throws Exception {
    assertThat(verdict(archive, notes(100, 130, 200)))
        .isInstanceOfSatisfying(
            Verdict.Unusable.class,
            it ->
                assertThat(it.why())
                    .startsWith("no kept checkpoint of main can be compared")
                    .endsWith(
                        "facts 0 to 79, and none that was kept ends in them; the largest attests 200 facts"));
  }

  @Test
  void aPartWithoutFactsNeedsNothingToCompare() throws Exception {
    byte[] nothing = database.export(new ExportRange(null, EvidenceDatabase.START, null));

    Verdict.Good good = (Verdict.Good) verdict(nothing, notes(100, 130));

    assertThat(good.journals())
        .containsExactly(
            "main: no facts here; under 0 checkpoints, the newest of 200 facts;"
                + " kept checkpoints that agree: 0; none of at least 200");
  }

  @Test
  void anArchiveThatContradictsAComparableCheckpointIsTampered() throws Exception {
    String other = database.key.sign(checkpoint(50, FactBytes.leafHash(new byte[0])));
    Path forged = Files.writeString(folder.resolve("forged"), other + note(30) + note(200));

    assertThat(verdict(archive, forged)).isInstanceOf(Verdict.Tampered.class);
  }

  @Test
  void anExportOfEverythingIsStillHeldAgainstEveryLaterCheckpoint() throws Exception {
    assertThat(verdict(olderExport, kept))
        .isEqualTo(
            new Verdict.Tampered(
                "main",
                120L,
                "is missing: a checkpoint that was kept attests 200 facts. The tail was cut off, or"
                    + " the export is older than that checkpoint"));
  }

  @Test
  void aTruncatedExportThatSaysToBeAPartIsNotSilentlyGood() throws Exception {
    byte[] whole = database.export(ExportRange.ALL);
    byte[] cut = ExportEdit.TAIL_CUT_TO_AN_OLDER_CHECKPOINT.apply(whole, new Random(5));
    assertThat(verdict(cut, kept)).isInstanceOf(Verdict.Tampered.class);

    Verdict.Good good = (Verdict.Good) verdict(withHeader(cut, "to", UNTIL), kept);

    assertThat(good.part()).isNotEmpty();
    assertThat(good.journals().getFirst()).matches(".*; only up to fact \\d+ of at least 200");
  }

  @Test
  void theBoundsAreTimesAndNothingElse() throws Exception {
    for (String smuggled : List.of("x\nmain: everything, good", "", "never")) {
      assertThat(verdict(withHeader(archive, "to", smuggled), kept))
          .isEqualTo(new Verdict.Tampered(null, null, "the first line was changed"));
    }
  }

  @Test
  void manyLaterCheckpointsDoNotPushOutThoseThatCanBeCompared() throws Exception {
    StringBuilder notes = new StringBuilder(note(30));
    for (int size = 1_000; size < 11_500; size++) {
      notes.append(database.key.sign(checkpoint(size, FactBytes.leafHash(new byte[] {1}))));
    }
    Path grown = Files.writeString(folder.resolve("grown"), notes);

    Verdict.Good good = (Verdict.Good) verdict(archive, grown);

    assertThat(good.journals().getFirst())
        .contains("kept checkpoints that agree: 1; only up to fact 79 of at least 11499");
  }

  @Test
  void whatOnlySaysToBeSignedDoesNotCountAsTheLargest() throws Exception {
    String genuine = note(200);
    String raised = genuine.replaceFirst("\n200\n", "\n900\n");
    Path garbled = Files.writeString(folder.resolve("garbled"), note(30) + genuine + raised);

    Verdict.Good good = (Verdict.Good) verdict(archive, garbled);

    assertThat(good.journals().getFirst()).endsWith("only up to fact 79 of at least 200");
  }

  /** What ours says, after the other verifier has said the very same as it is called by people. */
  private static Verdict verdict(byte[] export, Path checkpoints) throws Exception {
    Path file = Files.write(folder.resolve("export.ndjson"), export);
    Verdict verdict = ExportVerifier.verify(file, List.of(publicKey), checkpoints);
    if (NodeVerifier.isThere()) {
      NodeVerifier.Said said = NodeVerifier.runs(file, publicKey, checkpoints);
      String expected =
          switch (verdict) {
            case Verdict.Good good ->
                "0 "
                    + String.join("\n", good.journals())
                    + (good.part().isEmpty() ? "\ngood" : "\ngood as a part: " + good.part());
            case Verdict.Tampered found ->
                "1 tampered: "
                    + (found.account() == null ? "" : "account " + found.account() + ", ")
                    + (found.seq() == null ? "" : "seq " + found.seq() + ": ")
                    + found.what();
            case Verdict.Unusable unusable -> "2 unusable: " + unusable.why();
          };
      assertThat(said.exitCode() + " " + said.text().strip()).isEqualTo(expected);
    }
    return verdict;
  }

  private static Path notes(int... sizes) throws IOException {
    StringBuilder notes = new StringBuilder();
    for (int size : sizes) {
      notes.append(note(size));
    }
    return Files.writeString(folder.resolve("notes"), notes);
  }

  /** The note of so many facts, as the service signed it. */
  private static String note(int size) throws IOException {
    String all = Files.readString(kept);
    int from = all.indexOf(EvidenceDatabase.PREFIX + "/main\n" + size + "\n");
    int signature = all.indexOf('\u2014', from);
    return all.substring(from, all.indexOf('\n', signature) + 1);
  }

  private static Checkpoint checkpoint(long size, byte[] root) {
    return new Checkpoint(EvidenceDatabase.PREFIX + "/main", size, root);
  }

  private static byte[] withHeader(byte[] export, String field, String value) throws IOException {
    List<byte[]> lines = ExportEdit.lines(export);
    ObjectNode header = ExportEdit.object(lines.getFirst());
    header.put(field, value);
    lines.set(0, ExportLine.canonical(header.toString().getBytes(StandardCharsets.UTF_8)));
    return ExportEdit.repaired(lines);
  }
}
