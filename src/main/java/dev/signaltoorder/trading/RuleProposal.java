package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import java.time.Instant;
import java.util.List;

/**
 * A rule set that may let more through and waits for a second operator.
 *
 * @param ruleSet as it would become active; its author proposed it
 * @param loosened what may be looser, one line each
 * @param expiresAt after this moment it can no longer be confirmed
 */
public record RuleProposal(RuleSet ruleSet, List<String> loosened, Instant expiresAt) {

  public RuleProposal {
    loosened = List.copyOf(loosened);
  }
}
