package dev.signaltoorder.console;

import dev.signaltoorder.report.PageFrame;
import java.util.List;

/**
 * The rules page as its template needs it: texts only, nothing null.
 *
 * @param editable whether the reader may change rules
 * @param others accounts that do not have these rules
 * @param unknown names of accounts of which nothing is known
 * @param proposals rules that wait, for a second operator or for their time; usually none
 * @param usages how much of each limit is used, by account
 */
record RulesView(
    PageFrame frame,
    boolean editable,
    String version,
    String activeFrom,
    String author,
    String reason,
    List<Other> others,
    List<String> unknown,
    List<Waiting> proposals,
    List<Usages> usages,
    List<Rule> rules) {

  /**
   * An account with other rules than those shown.
   *
   * @param is which ones, since when, by whom and why
   * @param changes what the rules shown would change there, one line each
   */
  record Other(String account, String is, List<String> changes) {}

  /**
   * Rules that are not active yet.
   *
   * @param confirmable whether they wait for a second operator, and the reader may be that one
   * @param rejectable whether they wait for a second operator
   * @param when until or from when, in words
   * @param changes against the active rules, one line each
   */
  record Waiting(
      String version,
      String author,
      String reason,
      boolean confirmable,
      boolean rejectable,
      String when,
      List<String> changes) {}

  /** The usages of one account. */
  record Usages(String account, String id, String told, List<Usage> limits) {}

  /**
   * How much of a limit is used.
   *
   * @param width of the bar, 0 to 100
   * @param words "340 of 1000 USD, 34 %"
   */
  record Usage(String rule, String what, String tone, String width, String words) {}

  /**
   * A rule with its parameters.
   *
   * @param absent left out of the rule set, which turns it off
   */
  record Rule(
      String code,
      String title,
      String protectsFrom,
      String concerns,
      boolean absent,
      List<Parameter> parameters,
      List<More> more) {}

  /**
   * One value.
   *
   * @param choices to choose from; empty where any text within {@code allowed} will do
   * @param removable one for a single asset or pair
   */
  record Parameter(
      String id,
      String name,
      String label,
      String value,
      String meaning,
      String allowed,
      List<String> choices,
      boolean removable) {}

  /** A parameter that may have another value for one asset or pair. */
  record More(String id, String name, String label, String example) {}
}
