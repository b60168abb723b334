package dev.signaltoorder.report;

import java.util.Set;

/** The pages that the navigation bar leads to, in its order, and who may see each. */
public enum Section {
  SIGNALS("/", "Signals", Set.of("reviewer")),
  POSITIONS("/console/positions", "Positions", Set.of("reviewer", "operator")),
  RULES("/console/rules", "Rules", Set.of("reviewer", "operator")),
  PERFORMANCE("/audit/performance", "Performance", Set.of("reviewer")),
  AUDIT("/console/audit", "Audit", Set.of("reviewer")),
  OPERATIONS("/console/operations", "Operations", Set.of("operator"));

  private final String path;
  private final String words;
  private final Set<String> roles;

  Section(String path, String words, Set<String> roles) {
    this.path = path;
    this.words = words;
    this.roles = roles;
  }

  String path() {
    return path;
  }

  String words() {
    return words;
  }

  Set<String> roles() {
    return roles;
  }
}
