package dev.signaltoorder.console;

import dev.signaltoorder.report.PageFrame;
import java.util.List;

/**
 * The operations page as its template needs it: texts only, nothing null.
 *
 * @param live whether accounts are armed and disarmed in this mode
 * @param endpoints of the simulated exchange; empty outside of paper mode
 * @param faults that it knows
 * @param switchedOn what is wrong with it now, one line each
 */
record OperationsView(
    PageFrame frame,
    boolean live,
    List<Account> accounts,
    List<String> names,
    List<String> unknown,
    List<Quarantined> quarantined,
    List<String> endpoints,
    List<Choice> faults,
    List<String> switchedOn) {

  /** One account. */
  record Account(
      String name,
      String id,
      String tone,
      String state,
      String reason,
      String told,
      List<String> alarms,
      List<Fact> facts) {}

  /** A figure and its name. */
  record Fact(String name, String value) {}

  /**
   * An order that a person has to settle.
   *
   * @param story address of its signal's story; empty for who may not read it
   */
  record Quarantined(
      String account, String orderId, String what, String since, String why, String story) {}

  /** One entry of a list to choose from. */
  record Choice(String value, String words) {}
}
