package dev.signaltoorder.report;

import java.util.List;

/**
 * The performance page as its template needs it: texts only, nothing null.
 *
 * @param time which time it is about, in one sentence
 * @param ranges the same for other times
 */
record PerformanceView(
    PageFrame frame,
    Form form,
    boolean filtered,
    String time,
    List<Range> ranges,
    List<Block> blocks,
    List<Curve> curves,
    String costsWords,
    List<Cost> costs,
    String json) {

  /** The page for another time. */
  record Range(String href, String words, boolean current) {}

  /** The filters as they are set. */
  record Form(
      ConsoleView.TimeField from,
      ConsoleView.TimeField to,
      String source,
      String strategy,
      String pair,
      List<ConsoleView.Choice> groupBy,
      List<ConsoleView.Choice> horizon) {}

  /**
   * One group, or all.
   *
   * @param id of its heading
   * @param facts counts and rates, each with its name
   */
  record Block(
      String id,
      String title,
      List<Fact> facts,
      List<MoneyRow> money,
      List<SpreadRow> spreads,
      List<Distribution> distributions,
      List<Refusal> refusals) {}

  record Fact(String name, String value) {}

  record MoneyRow(
      String quote,
      String bought,
      String sold,
      String fees,
      String realised,
      String held,
      String open) {}

  record SpreadRow(
      String name, String unit, String count, String mean, String p50, String p95, String p99) {}

  /**
   * How many orders lie where, as bars in a box of 100 by 40.
   *
   * @param words the same as a sentence, for who does not see the bars
   */
  record Distribution(String name, String unit, String words, List<Bar> bars) {

    /** Where the scale begins. */
    public String firstRange() {
      return bars.getFirst().range();
    }

    /** Where it ends. */
    public String lastRange() {
      return bars.getLast().range();
    }
  }

  /** One bucket: where its bar stands, and how many orders are in it. */
  record Bar(String x, String y, String width, String height, String range, long count) {}

  /**
   * Why signals were not traded.
   *
   * @param share of all refused, 0 to 100, for a bar
   */
  record Refusal(String href, String reason, long signals, int share) {}

  /**
   * What one rule cost or saved.
   *
   * @param href its signals
   * @param judged of how many that it alone refused, "3 of 5"
   * @param cost by quote asset, as saved and net
   */
  record Cost(
      String href,
      String rule,
      String refused,
      String judged,
      String cost,
      String saved,
      String net) {}

  /**
   * The sum of realised results over the days, as a line in a box of 600 by 160.
   *
   * @param points as SVG has them
   * @param zero height of the line where nothing is won or lost
   * @param days the same in numbers
   */
  record Curve(String quote, String points, String zero, String words, List<CurveDay> days) {

    /** Where the line begins: before this day, at nothing. */
    public String firstDay() {
      return days.getFirst().day();
    }

    /** Where it ends. */
    public String lastDay() {
      return days.getLast().day();
    }
  }

  record CurveDay(String day, String realised, String sum) {}
}
