package dev.signaltoorder.risk;

import java.util.List;

/**
 * How many orders lie in each window of a throttle, the one that is judged included, and how many
 * may.
 */
record Pace(List<Window> windows) {

  /**
   * One window.
   *
   * @param words "in 1 s", "today"
   */
  record Window(String words, long orders, int most) {}

  /** "2 in 1 s, 3 in 60 s, 9 today". */
  String actual() {
    StringBuilder text = new StringBuilder();
    for (Window window : windows) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(window.orders())
          .append(' ')
          .append(window.words());
    }
    return text.toString();
  }

  /**
   * Denied by the first window that would hold too many.
   *
   * @param whose "the account", "the strategy"
   */
  RuleAnswer judged(String whose) {
    for (Window window : windows) {
      if (window.orders() > window.most()) {
        return RuleAnswer.deny(
            actual(),
            "With this one "
                + whose
                + " would have "
                + Wording.count(window.orders(), "order")
                + " "
                + window.words()
                + "; at most "
                + window.most()
                + " may be.");
      }
    }
    return RuleAnswer.pass(actual(), "The pace of " + whose + " is within the limits.");
  }
}
