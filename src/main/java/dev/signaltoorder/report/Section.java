package dev.signaltoorder.report;

import java.util.function.Predicate;

/** The pages that the navigation bar leads to, in its order, and who may see each. */
public enum Section {
  SIGNALS("/", "Signals", true, false),
  POSITIONS("/console/positions", "Positions", true, true),
  RULES("/console/rules", "Rules", true, true),
  PERFORMANCE("/audit/performance", "Performance", true, false),
  AUDIT("/console/audit", "Audit", true, false),
  OPERATIONS("/console/operations", "Operations", false, true);

  private final String path;
  private final String words;
  private final boolean forReviewers;
  private final boolean forOperators;

  Section(String path, String words, boolean forReviewers, boolean forOperators) {
    this.path = path;
    this.words = words;
    this.forReviewers = forReviewers;
    this.forOperators = forOperators;
  }

  String path() {
    return path;
  }

  String words() {
    return words;
  }

  /**
   * Whether somebody may see it.
   *
   * @param hasRole which roles they have
   */
  boolean isFor(Predicate<String> hasRole) {
    return (forReviewers && hasRole.test("reviewer")) || (forOperators && hasRole.test("operator"));
  }
}
