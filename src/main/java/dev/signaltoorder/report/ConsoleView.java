package dev.signaltoorder.report;

import java.util.List;

/**
 * The console as its template needs it: texts and addresses only, nothing null.
 *
 * @param path address of this page, where the form goes
 * @param firstPage empty on the first page
 * @param nextPage empty on the last page
 * @param filtered whether any filter is set
 */
record ConsoleView(
    PageFrame frame,
    String path,
    Form form,
    List<Total> totals,
    List<Row> rows,
    String firstPage,
    String nextPage,
    boolean filtered,
    String csv,
    String json) {

  /** The filters as they are set. */
  record Form(
      TimeField from,
      TimeField to,
      String source,
      String strategy,
      String pair,
      List<Choice> outcomes,
      String rule,
      String limit) {}

  /**
   * A time that can be edited.
   *
   * @param type of the input element: what a browser's date field would cut off is edited as text
   */
  record TimeField(String type, String value) {}

  /** One entry of a list to choose from. */
  record Choice(String value, String words, boolean chosen) {}

  /** How many signals had one outcome, and the address that lists them. */
  record Total(String href, String words, String tone, long signals, boolean current) {}

  /** One signal. */
  record Row(
      String href,
      String receivedAt,
      String shownAt,
      String source,
      String strategy,
      String pair,
      String action,
      String outcome,
      String tone,
      List<Reason> reasons,
      String orderTxid,
      String volume,
      String averagePrice,
      String slippageBps,
      String fee,
      String priceOrigin) {}

  /** Why; with the address of all signals with that reason. */
  record Reason(String href, String text) {}
}
