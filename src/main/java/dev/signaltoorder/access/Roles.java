package dev.signaltoorder.access;

import java.util.Set;

/**
 * The roles a user can have, as written in the users file and in {@code @RolesAllowed}. A sender is
 * none of them: its source's own secret lets it deliver, and nothing else.
 */
public final class Roles {
  /** May read everything under {@code /audit} and the console. */
  public static final String REVIEWER = "reviewer";

  /** May halt, resume, arm, disarm and change the rules. */
  public static final String OPERATOR = "operator";

  /** May read metrics on the management port, where that asks for a sign-in. */
  public static final String METRICS = "metrics";

  /** Every role there is. */
  public static final Set<String> ALL = Set.of(REVIEWER, OPERATOR, METRICS);

  private Roles() {}
}
