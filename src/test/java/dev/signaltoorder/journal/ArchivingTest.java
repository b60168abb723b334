package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.testing.OfflineReviewer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Received bytes of old facts move into archives, and everything still finds and proves them. */
class ArchivingTest {
  private static final String FILE = "main-0-59.ndjson.gz";

  @TempDir static Path place;

  private static ArchiveDatabase database;

  private Map<Long, String> before = Map.of();
  private byte[] exportBefore = {};

  @BeforeAll
  static void start() throws Exception {
    database = new ArchiveDatabase(place);
  }

  @AfterAll
  static void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void aHundredSignedFacts() throws Exception {
    database.reset();
    before = database.raws();
    exportBefore = database.exported(ArchiveFolder.NONE);
  }

  private static ArchiveFolder archives() {
    return ArchiveFolder.of(database.folder);
  }

  @Test
  void receivedBytesOfOldFactsAreMovedAndNothingElseChanges() throws Exception {
    String others =
        "select md5(string_agg(j::text, ',' order by seq)) from (select account, seq, recorded_at, kind,"
            + " signal_id, order_id, body, canonical, leaf_hash from journal where account = 'main') j";
    String unchanged = database.one(others);

    database.archive();

    assertThat(database.raws()).isEqualTo(younger(before)).isNotEqualTo(before).isNotEmpty();
    assertThat(database.one(others)).isEqualTo(unchanged);
    assertThat(database.files()).containsExactly(database.folder.resolve(FILE));
    assertThat(database.said).hasSize(4);
    assertThatCode(() -> database.reread()).doesNotThrowAnyException();
  }

  private static Map<Long, String> younger(Map<Long, String> raws) {
    Map<Long, String> younger = new TreeMap<>(raws);
    younger.keySet().removeIf(seq -> seq < ArchiveDatabase.OLD);
    return younger;
  }

  @Test
  void theMoveIsAFactThatNamesFileAndHash() throws Exception {
    database.archive();

    assertThat(
            database.one(
                "select concat_ws(' ', account, first_seq, next_seq, file, sha256) from archive"))
        .isEqualTo("main 0 60 " + FILE + " " + ArchiveFile.sha256(database.folder.resolve(FILE)));
    assertThat(database.one("select body ->> 'actor' from journal where account = 'archives'"))
        .isEqualTo("a test");
  }

  @Test
  void theArchiveVerifiesAloneInBothVerifiers() throws Exception {
    database.archive();
    Path file = database.folder.resolve(FILE);

    Verdict verdict = ExportVerifier.verify(file, List.of(database.publicKey), null);

    assertThat(verdict).isInstanceOf(Verdict.Good.class);
    if (NodeVerifier.isThere()) {
      Process node =
          new ProcessBuilder(
                  "node",
                  "docs/verify.mjs",
                  file.toString(),
                  "--key",
                  database.publicKey.toString())
              .start();
      assertThat(node.waitFor()).isZero();
    }
  }

  @Test
  void anExportOverArchivedFactsIsWhatItWasBefore() throws Exception {
    database.archive();

    byte[] export = database.exported(archives());

    assertThat(ArchiveDatabase.facts(export)).isEqualTo(ArchiveDatabase.facts(exportBefore));
    assertThat(database.verdict(export)).isInstanceOf(Verdict.Good.class);
    assertThat(database.export(archives()).expected(ExportRange.ALL)).isGreaterThan(99);
  }

  @Test
  void withoutTheFileAnExportFailsAndNamesIt() throws Exception {
    database.archive();
    Files.delete(database.folder.resolve(FILE));

    for (ArchiveFolder archives : List.of(archives(), ArchiveFolder.NONE)) {
      assertThatThrownBy(() -> database.exported(archives))
          .isInstanceOf(ArchiveUnavailableException.class)
          .hasMessageContaining(FILE)
          .hasMessageContaining("SHA-256");
      assertThatThrownBy(() -> database.export(archives).expected(ExportRange.ALL))
          .isInstanceOf(ArchiveUnavailableException.class);
    }
    assertThatCode(
            () ->
                database
                    .export(ArchiveFolder.NONE)
                    .expected(new ExportRange(EvidenceDatabase.timeOf(70), null, "main")))
        .doesNotThrowAnyException();
  }

  @Test
  void aChangedFileIsRefusedAndNamed() throws Exception {
    database.archive();
    Path file = database.folder.resolve(FILE);
    long seq = before.keySet().iterator().next();
    String raw = Objects.requireNonNull(before.get(seq));
    byte[] changed = unpacked(file);
    String text = new String(changed, StandardCharsets.UTF_8);
    String one = ExactBase64.encode(raw.getBytes(StandardCharsets.UTF_8));
    String other = ExactBase64.encode(("b" + raw.substring(1)).getBytes(StandardCharsets.UTF_8));
    assertThat(text).contains(one);
    Files.write(file, text.replace(one, other).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> database.exported(archives()))
        .isInstanceOf(ArchiveUnavailableException.class)
        .hasMessageContaining(FILE)
        .hasMessageContaining("bytes of fact " + seq + " in it are not those received");
    assertThatThrownBy(() -> database.export(archives()).expected(ExportRange.ALL))
        .hasMessageContaining("another SHA-256");
    assertThat(found(archives(), seq).raw()).isNull();
  }

  private static byte[] unpacked(Path file) throws IOException {
    try (var in = ExportVerifier.unpacked(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  @Test
  void whoReadsSingleFactsFindsTheBytesOrLearnsWhereTheyAre() throws Exception {
    database.archive();
    long seq = before.keySet().iterator().next();

    MovedFacts.Moved there = found(archives(), seq);
    MovedFacts.Moved elsewhere = found(ArchiveFolder.NONE, seq);

    assertThat(new String(Objects.requireNonNull(there.raw()), StandardCharsets.UTF_8))
        .isEqualTo(before.get(seq));
    assertThat(there.where()).contains(FILE);
    assertThat(elsewhere.raw()).isNull();
    assertThat(elsewhere.where())
        .startsWith("The bytes received with fact " + seq + " are in archive " + FILE)
        .contains(ArchiveFile.sha256(database.folder.resolve(FILE)))
        .endsWith("signal-to-order.archive-folder is not set here");
  }

  private MovedFacts.Moved found(ArchiveFolder archives, long seq) throws Exception {
    byte[] raw = Objects.requireNonNull(before.get(seq)).getBytes(StandardCharsets.UTF_8);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
    SortedMap<Long, String> lacking = new TreeMap<>(Map.of(seq, sha256));
    return Objects.requireNonNull(
        database.moved(archives).find(ArchiveDatabase.ACCOUNT, lacking).get(seq));
  }

  @Test
  void whoIsKilledAfterAnyStepBeginsAgainAndCompletesIt() throws Exception {
    for (int steps = 1; steps <= 4; steps++) {
      aHundredSignedFacts();
      int last = steps;
      List<String> done = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  database.archive(
                      line -> {
                        done.add(line);
                        if (done.size() == last) {
                          throw new KilledException();
                        }
                      }))
          .isInstanceOf(KilledException.class);
      assertThatCode(() -> database.reread())
          .as("killed after %s", done)
          .doesNotThrowAnyException();

      database.archive();

      assertThat(database.raws()).as("killed after %s", done).isEqualTo(younger(before));
      assertThat(database.one("select count(*) from archive")).isEqualTo("1");
      assertThat(ArchiveDatabase.facts(database.exported(archives())))
          .isEqualTo(ArchiveDatabase.facts(exportBefore));
    }
  }

  /** Instead of the end of the process. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void halfAFileAndHalfAMoveAreCompleted() throws Exception {
    Files.writeString(database.folder.resolve(FILE + ".part"), "half of it");
    assertThatThrownBy(
            () ->
                database.archive(
                    line -> {
                      if (line.startsWith("on record")) {
                        throw new KilledException();
                      }
                    }))
        .isInstanceOf(KilledException.class);
    database.execute(
        ArchiveDatabase.ARCHIVER,
        "update journal set raw = null where account = 'main' and seq < 30 and raw is not null");
    assertThat(ArchiveDatabase.facts(database.exported(archives())))
        .isEqualTo(ArchiveDatabase.facts(exportBefore));

    database.archive();

    assertThat(database.raws()).isEqualTo(younger(before));
    assertThat(database.files()).hasSize(1);
  }

  @Test
  void doneAgainItDoesNothingAndLaterItGoesOn() throws Exception {
    database.archive();
    database.said.clear();

    database.archive();
    assertThat(database.said).isEmpty();

    database
        .archiving(
            line -> {
              if (line.startsWith("on record")) {
                assertThatCode(() -> database.sign()).doesNotThrowAnyException();
              }
            })
        .run(
            new Archiving.Wanted(
                "main", EvidenceDatabase.timeOf(80), database.folder, "a test", Duration.ZERO));
    assertThat(database.files())
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly(FILE, "main-60-79.ndjson.gz");
    assertThat(ExportVerifier.verify(database.files().get(1), List.of(database.publicKey), null))
        .isInstanceOf(Verdict.Good.class);
    assertThat(ArchiveDatabase.facts(database.exported(archives())))
        .isEqualTo(ArchiveDatabase.facts(exportBefore));
  }

  @Test
  void nothingIsMovedBeforeTheRecordIsSigned() throws Exception {
    assertThatThrownBy(() -> database.archiveUnsigned())
        .isInstanceOf(ArchivingException.class)
        .hasMessageContaining("has not signed the record");
    assertThat(database.raws()).isEqualTo(before);

    database.sign();
    database.archiveUnsigned();

    assertThat(database.raws()).isEqualTo(younger(before));
  }

  @Test
  void nothingIsMovedIntoAFileThatWasChangedOrIsGone() throws Exception {
    assertThatThrownBy(() -> database.archiveUnsigned()).isInstanceOf(ArchivingException.class);
    database.sign();
    Path file = database.folder.resolve(FILE);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;

    Files.write(file, bad);
    assertThatThrownBy(() -> database.archive())
        .isInstanceOf(ArchivingException.class)
        .hasMessageContaining(FILE)
        .hasMessageContaining("another SHA-256");
    Files.delete(file);
    assertThatThrownBy(() -> database.archive())
        .isInstanceOf(ArchivingException.class)
        .hasMessageContaining("nothing is moved");

    assertThat(database.raws()).isEqualTo(before);
  }

  @Test
  void aFactThatSomebodyChangedIsNotArchived() throws Exception {
    long seq = before.keySet().iterator().next();
    database.tamper("update journal set raw = 'forged' where account = 'main' and seq = " + seq);

    assertThatThrownBy(() -> database.archive())
        .isInstanceOf(ArchivingException.class)
        .hasMessageContaining("fact " + seq + " of main");
    assertThat(database.one("select count(*) from archive")).isEqualTo("0");
  }

  @Test
  void aRehearsalSaysWhatWouldBeDoneAndDoesNothing() throws Exception {
    List<String> said = new ArrayList<>();
    database.archiving(said::add).rehearse(database.wanted());

    assertThat(said).hasSize(1);
    assertThat(said.getFirst())
        .startsWith("would write " + FILE + ": received bytes of ")
        .contains(" of " + (before.size() - younger(before).size()) + " facts");
    assertThat(database.raws()).isEqualTo(before);
    assertThat(database.files()).isEmpty();
  }

  @Test
  void youngFactsAndUnknownAccountsAreRefused() {
    Archiving archiving = database.archiving(line -> {});

    assertThatThrownBy(
            () ->
                archiving.run(
                    new Archiving.Wanted(
                        "main", Instant.now(), database.folder, "a test", Duration.ZERO)))
        .isInstanceOf(ArchivingException.class)
        .hasMessageContaining("a day old");
    assertThatThrownBy(
            () ->
                archiving.run(
                    new Archiving.Wanted(
                        "nobody", EvidenceDatabase.START, database.folder, "", Duration.ZERO)))
        .isInstanceOf(ArchivingException.class)
        .hasMessageContaining("no checkpoint of example.com/test/nobody");
  }

  @Test
  void bytesTakenAwayWithoutAnArchiveAreFoundOut() throws Exception {
    long seq = before.keySet().iterator().next();
    database.tamper("update journal set raw = null where account = 'main' and seq = " + seq);

    assertThatThrownBy(() -> database.reread())
        .isInstanceOf(ContradictionException.class)
        .hasMessageContaining("received bytes of fact " + seq + " of main are gone");
    assertThat(database.verdict(database.exported(archives())))
        .isInstanceOfSatisfying(
            Verdict.Tampered.class, found -> assertThat(found.seq()).isEqualTo(seq));
    assertThat(found(archives(), seq).where()).contains("no archive on record has them");
  }

  @Test
  void bytesOfFactsBeyondTheArchiveAreFoundOutToo() throws Exception {
    database.archive();
    long seq = younger(before).keySet().iterator().next();
    database.tamper("update journal set raw = null where account = 'main' and seq = " + seq);

    assertThatThrownBy(() -> database.reread()).isInstanceOf(ContradictionException.class);
    assertThat(database.verdict(database.exported(archives())))
        .isInstanceOf(Verdict.Tampered.class);
  }

  @Test
  void aChangedRecordIsFoundOut() throws Exception {
    database.archive();
    for (String change :
        List.of(
            "update journal set body = jsonb_set(body, '{next}', '90') where account = 'archives'",
            "update journal set body = jsonb_set(body, '{file}', '\"x\"') where account = 'archives'",
            "delete from journal where account = 'archives'")) {
      String kept = database.one("select body::text from journal where account = 'archives'");
      database.tamper(change);
      assertThatThrownBy(() -> database.reread())
          .as(change)
          .isInstanceOf(ContradictionException.class);
      database.tamper("update journal set body = '" + kept + "'::jsonb where account = 'archives'");
    }
  }

  @Test
  void theCommandArchives() throws Exception {
    PGSimpleDataSource source =
        (PGSimpleDataSource) database.database.database.as(ArchiveDatabase.ARCHIVER);
    Path password =
        Files.writeString(
            place.resolve("password"), Objects.requireNonNull(source.getPassword()) + "\n");
    List<String> words =
        List.of(
            "archive",
            "--account=main",
            "--before=" + EvidenceDatabase.timeOf(ArchiveDatabase.OLD),
            "--to=" + database.folder,
            "--key=" + database.publicKey,
            "--origin=" + EvidenceDatabase.PREFIX,
            "--database=" + source.getURL(),
            "--password-file=" + password);

    OfflineReviewer.Said rehearsed = run(words, "--dry-run");
    assertThat(rehearsed.exitCode()).as(rehearsed.text()).isZero();
    assertThat(rehearsed.text()).contains("would write " + FILE, "nothing was changed");
    assertThatThrownBy(() -> database.archiveUnsigned()).isInstanceOf(ArchivingException.class);
    database.sign();
    OfflineReviewer.Said done = run(words, null);

    assertThat(done.exitCode()).as(done.text()).isZero();
    assertThat(done.text()).contains("moved: the received bytes of ", "done");
    assertThat(database.raws()).isEqualTo(younger(before));
    assertThat(run(words, "--before=yesterday").exitCode()).isEqualTo(2);
    assertThat(run(words, "--to=/nowhere/at/all").text()).contains("is no folder");
  }

  private static OfflineReviewer.Said run(List<String> words, @Nullable String more) {
    List<String> all = new ArrayList<>(words);
    if (more != null) {
      all.add(more);
    }
    return OfflineReviewer.runs(all);
  }
}
