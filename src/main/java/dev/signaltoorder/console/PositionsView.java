package dev.signaltoorder.console;

import dev.signaltoorder.report.PageFrame;
import java.util.List;

/** The page of positions and open orders as its template needs it: texts only, nothing null. */
record PositionsView(PageFrame frame, List<Account> accounts, List<String> unknown) {

  /**
   * One account.
   *
   * @param alarms what needs a person, one sentence each
   * @param more how many orders are not listed, in words; empty when all are
   */
  record Account(
      String name,
      String id,
      String tone,
      String state,
      String reason,
      String told,
      List<String> alarms,
      List<Position> positions,
      List<Order> orders,
      String more) {}

  /** What a strategy holds in a pair. */
  record Position(
      String pair,
      String strategy,
      String volume,
      String stop,
      String tone,
      String protection,
      List<String> targets) {}

  /**
   * A live order.
   *
   * @param story address of its signal's story; empty for who may not read it
   */
  record Order(
      String story,
      String at,
      String since,
      String what,
      String pair,
      String strategy,
      String role,
      String price,
      String volume,
      String executed,
      String left,
      String tone,
      String state,
      String why,
      String txid) {}
}
