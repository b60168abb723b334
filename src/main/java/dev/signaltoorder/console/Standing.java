package dev.signaltoorder.console;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Elsewhere;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How all accounts stand, whichever process leads them: any replica can show every page. */
@Singleton
class Standing {
  private final Accounts accounts;
  private final Clock clock;

  Standing(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * An account and who says so.
   *
   * @param told where the figures are from and how old they are, in words
   */
  record Seen(AccountStatus status, String told) {}

  /** Those that are known, in the order of the configuration. */
  List<Seen> accounts() {
    List<Seen> seen = new ArrayList<>();
    for (AccountStatus status : accounts.status()) {
      seen.add(new Seen(status, "Led by this process."));
    }
    for (Elsewhere other : accounts.elsewhere()) {
      AccountStatus status = other.lastKnown();
      if (status != null) {
        seen.add(new Seen(status, told(other)));
      }
    }
    return seen;
  }

  private String told(Elsewhere other) {
    Instant at = other.lastKnownAt();
    String leader = other.leader() == null ? "another process" : other.leader();
    return at == null
        ? "Led by %s.".formatted(leader)
        : "Led by %s, which said this %s ago.".formatted(leader, Words.age(at, clock.instant()));
  }

  /** Names of accounts of which nothing is known here. */
  List<String> unknown() {
    Set<String> known = new TreeSet<>();
    accounts().forEach(seen -> known.add(seen.status().account()));
    return accounts.names().stream().filter(name -> !known.contains(name)).toList();
  }

  /** All accounts, served or not. */
  List<String> names() {
    return accounts.names();
  }
}
