package dev.signaltoorder.console;

import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.EvidenceReader;
import dev.signaltoorder.journal.LogStatus;
import dev.signaltoorder.journal.ReportStatus;
import dev.signaltoorder.journal.StoredCheckpoint;
import dev.signaltoorder.report.PageFrames;
import dev.signaltoorder.report.Section;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far the journal is signed and was read again, and whether anything contradicts it, the report
 * included.
 */
@Path("/console/audit")
@RolesAllowed("reviewer")
class AuditPage {
  private static final int ALL = 100;

  private final Checkpointing checkpointing;
  private final EvidenceReader evidence;
  private final FactTimes times;
  private final PageFrames frames;
  private final Clock clock;

  AuditPage(
      Checkpointing checkpointing,
      EvidenceReader evidence,
      FactTimes times,
      PageFrames frames,
      Clock clock) {
    this.checkpointing = checkpointing;
    this.evidence = evidence;
    this.times = times;
    this.frames = frames;
    this.clock = clock;
  }

  @GET
  @Blocking
  @Produces(MediaType.TEXT_HTML)
  public String page() {
    Map<String, StoredCheckpoint> latest =
        evidence.latest().stream()
            .collect(Collectors.toMap(StoredCheckpoint::account, Function.identity()));
    List<LogStatus> logs = checkpointing.status();
    boolean contradicted = logs.stream().anyMatch(log -> log.contradiction() != null);
    ReportStatus report = checkpointing.report();
    boolean good = !contradicted && report.contradictions().isEmpty();
    return Pages.audit(
            new AuditView(
                frames.frame(Section.AUDIT),
                good ? "good" : "alarm",
                verdict(contradicted, good),
                logs.stream().map(log -> log(log, latest.get(log.account()))).toList(),
                report(report)))
        .render();
  }

  private static String verdict(boolean contradicted, boolean good) {
    if (good) {
      return "Nothing contradicts what was signed or read before.";
    }
    return contradicted
        ? "ALARM: a journal contradicts what was signed or read before. Nothing is signed any more;"
            + " see below."
        : "ALARM: the report contradicts the journal; see below.";
  }

  private static AuditView.Rows report(ReportStatus report) {
    boolean good = report.contradictions().isEmpty();
    return new AuditView.Rows(
        good ? "good" : "alarm",
        good ? "No contradiction" : "Contradiction",
        report.contradictions().entrySet().stream()
            .map(one -> "Account " + one.getKey() + ", " + one.getValue())
            .toList(),
        report.verifiedSignals() == 0
            ? "No row was compared yet since this process started."
            : "The rows of "
                + Words.counted(report.verifiedSignals(), "signal")
                + " were compared with their facts since this process started, and follow from"
                + " them.",
        report.differing() == 0
            ? ""
            : Words.counted(report.differing(), "signal")
                + " whose row does not follow from its facts.");
  }

  private AuditView.Log log(LogStatus log, @Nullable StoredCheckpoint latest) {
    String contradiction = log.contradiction();
    String encoded = URLEncoder.encode(log.account(), StandardCharsets.UTF_8);
    return new AuditView.Log(
        log.account(),
        "log-" + log.account(),
        contradiction == null ? "good" : "alarm",
        contradiction == null ? "No contradiction" : "Contradiction",
        contradiction == null ? "" : contradiction,
        read(log),
        percent(log.verifiedFacts(), log.facts()),
        signed(log),
        percent(log.signedFacts(), log.facts()),
        latest == null
            ? "none yet"
            : "%s, %s ago"
                .formatted(
                    Words.time(latest.recordedAt()),
                    Words.age(latest.recordedAt(), clock.instant())),
        latest == null ? Words.NOTHING : latest.keyId(),
        "/audit/export?account=" + encoded,
        latest == null ? "" : latest.note());
  }

  private String read(LogStatus log) {
    if (log.verifiedFacts() == 0) {
      return "No fact was read again yet since this process started.";
    }
    return "Verified from %s to %s: the first %d of %d facts were read again since this process started, and are what was signed."
        .formatted(
            time(log.account(), 0),
            time(log.account(), log.verifiedFacts() - 1),
            log.verifiedFacts(),
            log.facts());
  }

  private static String signed(LogStatus log) {
    return log.signedFacts() == 0
        ? "No fact stands under a signed checkpoint."
        : "The first %d of %d facts stand under a signed checkpoint."
            .formatted(log.signedFacts(), log.facts());
  }

  private String time(String account, long seq) {
    return times.of(account, seq).map(Words::time).orElse("a time that is not here any more");
  }

  private static int percent(long part, long whole) {
    return whole <= 0 ? 0 : Math.toIntExact(Math.min(ALL, part * ALL / whole));
  }
}
