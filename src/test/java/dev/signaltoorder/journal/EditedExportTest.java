package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand changed exports are found out, by two verifiers, and no unchanged one is accused.
 */
class EditedExportTest {
  private static final List<ExportEdit> KINDS = List.of(ExportEdit.values());
  private static final long SEED = Long.getLong("evidence.seed", 20261125L);
  private static final int EDITS = Integer.getInteger("evidence.edits", 10_000);

  @TempDir static Path folder;

  private static EvidenceDatabase database;
  private static byte[] export;
  private static byte[] range;
  private static Path publicKey;
  private static ExportVerifier verifier;

  @BeforeAll
  static void aSignedJournal() throws Exception {
    database = EvidenceDatabase.in(folder, SEED);
    Checkpointing signing = database.newCheckpointing();
    database.append("main", 14, 2, signing);
    database.append("other", 9, 3, signing);
    database.append("main", 5, 2, signing);
    export = database.export(ExportRange.ALL);
    range =
        database.export(
            new ExportRange(
                EvidenceDatabase.START.plusMillis(45),
                EvidenceDatabase.START.plusMillis(121),
                "main"));
    List<CheckpointVerifier> keys = List.of(database.key.verifier());
    try (var reader = Files.newBufferedReader(kept())) {
      verifier = new ExportVerifier(keys, TrustedCheckpoints.read(reader, keys));
    }
    publicKey = Files.writeString(folder.resolve("public.pem"), database.key.publicPem());
  }

  @AfterAll
  static void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void unchangedExportsAreGood() throws Exception {
    for (byte[] each : List.of(export, range)) {
      assertThat(verify(each)).isInstanceOf(Verdict.Good.class);
      assertThat(withoutKept().verify(new ByteArrayInputStream(each)))
          .isInstanceOf(Verdict.Good.class);
    }
    assertThat(ExportEdit.lines(range)).hasSizeLessThan(ExportEdit.lines(export).size() / 2);
    for (int from = 0; from <= 20; from++) {
      for (int to = from; to <= 20; to += 3) {
        byte[] part =
            database.export(
                new ExportRange(
                    EvidenceDatabase.START.plusMillis(from * 10L),
                    EvidenceDatabase.START.plusMillis(to * 10L),
                    null));
        assertThat(verify(part)).as("%d to %d", from, to).isInstanceOf(Verdict.Good.class);
      }
    }
  }

  @Test
  void everyChangedExportIsFoundOut() throws Exception {
    Random random = new Random(SEED);
    Map<ExportEdit, Integer> counts = new EnumMap<>(ExportEdit.class);
    boolean node = NodeVerifier.isThere();
    try (NodeVerifier other = node ? new NodeVerifier(publicKey, kept()) : null) {
      for (int i = 0; i < EDITS; i++) {
        ExportEdit edit = KINDS.get(i % KINDS.size());
        byte[] original =
            edit == ExportEdit.TAIL_CUT_TO_AN_OLDER_CHECKPOINT || i % 3 > 0 ? export : range;
        byte[] changed;
        do {
          changed = edit.apply(original, random);
        } while (Arrays.equals(changed, original));
        Verdict verdict = verify(changed);
        assertThat(verdict)
            .as("edit %d (%s, seed %d)", i, edit, SEED)
            .isNotInstanceOf(Verdict.Good.class);
        if (other != null) {
          assertThat(other.verdict(changed))
              .as("edit %d (%s, seed %d): %s", i, edit, SEED, verdict)
              .isEqualTo(NodeVerifier.shown(verdict));
        }
        counts.merge(edit, 1, Integer::sum);
      }
    }
    System.out.println("changed exports found out: " + counts + ", seed " + SEED);
    assertThat(counts).hasSize(ExportEdit.values().length);
  }

  @Test
  void bothVerifiersAgreeOnUnchangedExports() throws Exception {
    assumeTrue(NodeVerifier.isThere(), "no Node here: the other verifier cannot run");
    try (NodeVerifier other = new NodeVerifier(publicKey, kept());
        NodeVerifier without = new NodeVerifier(publicKey, null)) {
      for (byte[] each : List.of(export, range)) {
        assertThat(other.verdict(each)).isEqualTo("0 null null");
        assertThat(without.verdict(each)).isEqualTo("0 null null");
      }
    }
  }

  @Test
  void aCompressedExportIsCheckedAsItIs() throws Exception {
    byte[] packed = packed(export);
    Path good = Files.write(folder.resolve("good.ndjson.gz"), packed);
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length - 40));
    Path changed =
        Files.write(
            folder.resolve("changed.gz"),
            packed(ExportEdit.REWRITTEN.apply(export, new Random(SEED))));

    List<Path> keys = List.of(publicKey);
    assertThat(ExportVerifier.verify(good, keys, kept())).isInstanceOf(Verdict.Good.class);
    assertThat(ExportVerifier.verify(cut, keys, kept())).isInstanceOf(Verdict.Unusable.class);
    assertThat(ExportVerifier.verify(changed, keys, kept())).isInstanceOf(Verdict.Tampered.class);
    if (NodeVerifier.isThere()) {
      assertThat(NodeVerifier.exitCode(good, publicKey, kept())).isZero();
      assertThat(NodeVerifier.exitCode(cut, publicKey, kept())).isEqualTo(2);
      assertThat(NodeVerifier.exitCode(changed, publicKey, kept())).isEqualTo(1);
    }
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void theFirstWrongEntryIsNamed() throws Exception {
    List<byte[]> lines = ExportEdit.lines(export);
    int fifth = lineOf(lines, 4);

    List<byte[]> deleted = ExportEdit.lines(export);
    deleted.remove(fifth);
    assertThat(tampered(ExportEdit.repaired(deleted)))
        .isEqualTo(new Verdict.Tampered("main", 4L, "is missing here: deleted, or out of order"));

    List<byte[]> twice = ExportEdit.lines(export);
    twice.add(fifth, twice.get(fifth));
    assertThat(tampered(ExportEdit.repaired(twice)).what()).contains("second time");
    assertThat(tampered(ExportEdit.repaired(twice)).seq()).isEqualTo(4L);

    List<byte[]> changed = ExportEdit.lines(export);
    String line = new String(changed.get(fifth), StandardCharsets.UTF_8);
    changed.set(fifth, line.replace("0.", "1.").getBytes(StandardCharsets.UTF_8));
    assertThat(tampered(ExportEdit.repaired(changed)))
        .isEqualTo(new Verdict.Tampered("main", 4L, "was changed: its bytes do not have its hash"));
  }

  @Test
  void aTailThatWasCutOffShowsOnlyAgainstAKeptCheckpoint() throws Exception {
    byte[] cut = ExportEdit.TAIL_CUT_TO_AN_OLDER_CHECKPOINT.apply(export, new Random(1));

    assertThat(withoutKept().verify(new ByteArrayInputStream(cut)))
        .isInstanceOf(Verdict.Good.class);
    assertThat(tampered(cut).what()).contains("The tail was cut off");
  }

  @Test
  void aForkIsCalledAFork() throws Exception {
    String origin = EvidenceDatabase.PREFIX + "/main";
    Checkpoint other = new Checkpoint(origin, 19, FactBytes.leafHash(new byte[0]));
    Path forked =
        Files.writeString(
            folder.resolve("forked"), Files.readString(kept()) + database.key.sign(other));
    Path only = Files.writeString(folder.resolve("only"), database.key.sign(other));
    Path exported = Files.write(folder.resolve("export"), export);

    assertThat(ExportVerifier.verify(exported, List.of(publicKey), forked).toString())
        .contains("fork");
    assertThat(ExportVerifier.verify(exported, List.of(publicKey), only).toString())
        .contains("fork");
  }

  @Test
  void whatCannotBeToldIsSaidSo() throws Exception {
    Path exported = Files.write(folder.resolve("good"), export);
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path text = Files.writeString(folder.resolve("text"), "hello\nworld\n");
    Path otherKey =
        Files.writeString(
            folder.resolve("other.pem"),
            CheckpointKey.ofPem(CheckpointKey.freshPem(new java.security.SecureRandom()))
                .publicPem());

    assertThat(ExportVerifier.verify(exported, List.of(publicKey), kept()))
        .isInstanceOf(Verdict.Good.class);
    assertThat(ExportVerifier.verify(exported, List.of(otherKey), null))
        .isInstanceOfSatisfying(
            Verdict.Tampered.class, it -> assertThat(it.what()).contains("no good signature"));
    assertThat(ExportVerifier.verify(exported, List.of(text), null))
        .isInstanceOf(Verdict.Unusable.class);
    assertThat(ExportVerifier.verify(exported, List.of(publicKey), empty))
        .isInstanceOf(Verdict.Unusable.class);
    for (Path none : List.of(empty, text, folder.resolve("absent"))) {
      assertThat(ExportVerifier.verify(none, List.of(publicKey), null))
          .isInstanceOf(Verdict.Unusable.class);
    }
  }

  @Test
  void theOtherVerifierSaysTheSameInEveryCaseWithAName() throws Exception {
    assumeTrue(NodeVerifier.isThere(), "no Node here: the other verifier cannot run");
    String origin = EvidenceDatabase.PREFIX + "/main";
    byte[] otherRoot = FactBytes.leafHash(new byte[0]);
    String all = Files.readString(kept());
    String forkedNote = database.key.sign(new Checkpoint(origin, 19, otherRoot));
    CheckpointKey stranger =
        CheckpointKey.ofPem(CheckpointKey.freshPem(new java.security.SecureRandom()));
    String foreign = stranger.sign(new Checkpoint(origin, 19, otherRoot));
    String third =
        database.key.sign(new Checkpoint(EvidenceDatabase.PREFIX + "/third", 5, otherRoot));

    assertThat(same(export, all + forkedNote)).startsWith("1 ");
    assertThat(same(export, forkedNote)).startsWith("1 main");
    assertThat(same(export, all + foreign)).as("a stranger's note").startsWith("0 ");
    assertThat(same(export, foreign)).as("nothing but a stranger's note").startsWith("1 null");
    assertThat(same(export, all + third)).as("a journal is missing").startsWith("1 null");
    assertThat(same(range, all + third)).as("of one account").startsWith("0 ");
    assertThat(same(export, "no note")).startsWith("2 ");
    assertThat(same(fact(4, line -> line.putArray("contradicting").add("body")), all))
        .isEqualTo("1 main 4");
    assertThat(same(fact(4, EditedExportTest::inBase64), all)).startsWith("0 ");
    assertThat(same(fact(4, line -> otherBase64(line, "canonicalBase64")), all))
        .isEqualTo("1 main 4");
    assertThat(same(fact(rawFact(), line -> otherBase64(line, "raw")), all))
        .isEqualTo("1 main " + rawFact());
    assertThat(same(fact(4, EditedExportTest::noText), all)).isEqualTo("1 main 4");
    assertThat(same(fact(4, line -> line.put("more", 1)), all)).isEqualTo("1 main 4");
  }

  /** What both say. */
  private static String same(byte[] bytes, String notes) throws Exception {
    Path file = Files.writeString(folder.resolve("notes of a case"), notes);
    Path exported = Files.write(folder.resolve("a case"), bytes);
    String ours = NodeVerifier.shown(ExportVerifier.verify(exported, List.of(publicKey), file));
    try (NodeVerifier other = new NodeVerifier(publicKey, file)) {
      assertThat(other.verdict(bytes)).isEqualTo(ours);
    }
    return ours;
  }

  private static byte[] fact(long seq, Consumer<ObjectNode> edit) throws IOException {
    List<byte[]> lines = ExportEdit.lines(export);
    int at = lineOf(lines, seq);
    ObjectNode line = ExportEdit.object(lines.get(at));
    edit.accept(line);
    lines.set(at, ExportLine.canonical(line.toString().getBytes(StandardCharsets.UTF_8)));
    return ExportEdit.repaired(lines);
  }

  private static long rawFact() throws IOException {
    for (byte[] line : ExportEdit.lines(export)) {
      ObjectNode fact = ExportEdit.object(line);
      if (fact.path("raw").isTextual()) {
        return fact.path("seq").longValue();
      }
    }
    throw new IllegalStateException("no fact has raw bytes");
  }

  private static void inBase64(ObjectNode line) {
    byte[] canonical = line.remove("canonical").textValue().getBytes(StandardCharsets.UTF_8);
    line.put("canonicalBase64", ExactBase64.encode(canonical));
  }

  /** The same bytes, not in the one spelling: unused bits of the last character are set. */
  private static void otherBase64(ObjectNode line, String field) {
    if (field.equals("canonicalBase64")) {
      byte[] longer = (line.remove("canonical").textValue() + " ").getBytes(StandardCharsets.UTF_8);
      byte[] bytes = Arrays.copyOf(longer, longer.length - (longer.length % 3 == 0 ? 1 : 0));
      line.put("leafHash", ExactBase64.encode(FactBytes.leafHash(bytes)));
      line.put(field, ExactBase64.encode(bytes));
    }
    String text = line.path(field).textValue();
    int last = text.replace("=", "").length() - 1;
    char other = (char) (text.charAt(last) + 1);
    line.put(
        field,
        text.endsWith("=")
            ? text.substring(0, last) + other + text.substring(last + 1)
            : text + "\n");
  }

  private static void noText(ObjectNode line) {
    byte[] bytes = {(byte) 0xff, (byte) 0xfe};
    line.remove("canonical");
    line.put("canonicalBase64", ExactBase64.encode(bytes));
    line.put("leafHash", ExactBase64.encode(FactBytes.leafHash(bytes)));
  }

  private static int lineOf(List<byte[]> lines, long seq) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      if (ExportEdit.object(lines.get(i)).path("seq").asLong(-1) == seq) {
        return i;
      }
    }
    throw new IllegalStateException("no fact " + seq);
  }

  private static Path kept() {
    return database.checkpointFile();
  }

  private static Verdict verify(byte[] bytes) throws IOException {
    return verifier.verify(new ByteArrayInputStream(bytes));
  }

  private static ExportVerifier withoutKept() {
    return new ExportVerifier(List.of(database.key.verifier()), TrustedCheckpoints.NONE);
  }

  private static Verdict.Tampered tampered(byte[] bytes) throws IOException {
    return (Verdict.Tampered) verify(bytes);
  }
}
