package dev.signaltoorder.console;

import dev.signaltoorder.report.PageFrame;
import java.util.List;

/** The audit page as its template needs it: texts only, nothing null. */
record AuditView(PageFrame frame, String tone, String verdict, List<Log> logs, Rows report) {

  /**
   * The report's rows, held against the facts that they follow from.
   *
   * @param contradictions one sentence per account; empty when there is none
   * @param read how many were compared, in one sentence
   * @param differing how many do not follow from their facts, in words; empty when all do
   */
  record Rows(
      String tone, String state, List<String> contradictions, String read, String differing) {}

  /**
   * One account's journal.
   *
   * @param contradiction how the database contradicts what was signed or read before; empty when it
   *     does not
   * @param read which facts were read again and found good, in one sentence
   * @param signed which facts stand under a signed checkpoint, in one sentence
   * @param export address of its export
   * @param note the newest signed note; empty without one
   */
  record Log(
      String account,
      String id,
      String tone,
      String state,
      String contradiction,
      String read,
      int readPercent,
      String signed,
      int signedPercent,
      String age,
      String keyId,
      String export,
      String note) {}
}
