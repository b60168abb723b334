package dev.signaltoorder.trading;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mode, accounts and rules. Values are text here, so that every wrong one can be listed at start.
 */
@ConfigMapping(prefix = "signal-to-order")
public interface TradingConfig {

  /** {@code paper}, {@code validate} or {@code live}. */
  @WithDefault("paper")
  String mode();

  /**
   * How long a process leads an account after its last commit or renewal: what a killed leader's
   * successor waits for, and what a slow database may take; 2s to 60s, the same in all processes.
   */
  @WithDefault("3s")
  String lease();

  /** Kraken accounts by name. Paper mode without any has one named "paper". */
  Map<String, Account> accounts();

  /** The rules that are active until an operator sets others. */
  Rules rules();

  /** How orders are sent and looked after. */
  Orders orders();

  /** What becomes of signals that Kraken cannot take. */
  Trading trading();

  /** How positions are protected. */
  Protection protection();

  /** When markets are thin or spike, and what follows. */
  Conditions conditions();

  /** Acts of operators. */
  Operations operations();

  /** Limits of market conditions; without one every market is normal. */
  interface Conditions {
    /** A wider spread is thin, basis points of the mid; 1 to 5000. Absent: never. */
    Optional<String> maxSpreadBps();

    /**
     * Quote asset to the quote units that must rest within 0.5 % of the mid on either side; less is
     * thin; 1 to 1000000000.
     */
    Map<String, String> minDepth();

    /** A mid further, in per cent, from one of the last minute is a spike; 0.1 to 50. */
    Optional<String> maxMovePerMinute();

    /** A condition ends after so long without a price beyond its limit; 1s to 1h. */
    @WithDefault("60s")
    String calmFor();

    /** In a thin market stops move up to so many per cent below the mid; 0.1 to 50. */
    Optional<String> tightenStopsTo();

    /** {@code true}: no entries while the price spikes. */
    @WithDefault("false")
    String pauseEntriesInSpike();

    /** Entries need a price this young while a market is not normal; 200ms to 2s. */
    @WithDefault("1s")
    String spikeFreshFor();
  }

  /** Stops and take-profits of positions. */
  interface Protection {
    /**
     * When no stop can be placed: {@code alarm} and try on, or {@code close} the position at the
     * market.
     */
    @WithDefault("alarm")
    String ifImpossible();

    /** So many stops in a row may be refused before that; 1 to 10. */
    @WithDefault("3")
    int attempts();

    /**
     * Once the bid is this many per cent above the price at which what is held brings back its
     * cost, all fees included, the stop moves up to that price; 0.1 to 100. Absent: never.
     */
    Optional<String> breakEvenAfter();

    /** The stop follows the bid at this distance in per cent, only up; 0.1 to 50. Absent: never. */
    Optional<String> trailBy();
  }

  /** Signals while Kraken is away. */
  interface Trading {
    /** {@code refuse} at once, or {@code park} until Kraken is back or its time is up. */
    @WithDefault("refuse")
    String whenExchangeUnavailable();

    /** A parked signal waits this long at most; 1s to 1h. */
    @WithDefault("60s")
    String parkFor();

    /**
     * Kraken cancels all open orders of the account, protective stops too, when it has not heard
     * from this service for so long; whole seconds, 15s to 1h. Absent: never.
     */
    Optional<String> deadMansSwitch();

    /** So many may be parked at once per account; 1 to 500. What comes then is refused. */
    @WithDefault("100")
    int parkAtMost();
  }

  /** One Kraken account. */
  interface Account {
    /** File with the public part of the trading key. */
    Optional<String> tradeKeyFile();

    /** File with the secret of the trading key. */
    Optional<String> tradeSecretFile();

    /** File with the public part of a second key that only reads. */
    Optional<String> readKeyFile();

    /** File with the secret of the reading key. */
    Optional<String> readSecretFile();

    /** {@code starter}, {@code intermediate} or {@code pro}: the account's verification level. */
    @WithDefault("starter")
    String tier();
  }

  /** The configured rule set. */
  interface Rules {
    /** The shipped set to start from: {@code retail} or {@code pro}. */
    @WithDefault("retail")
    String preset();

    /** Changes to it: rule code, then parameter, to value. */
    Map<String, Map<String, String>> override();

    /** {@code true}: rules that may let more through wait for a second operator. */
    @WithDefault("false")
    String confirmLoosening();

    /** How long such rules can be confirmed; 1m to 7d. */
    @WithDefault("1h")
    String confirmWithin();
  }

  /** Acts of operators. */
  interface Operations {
    /** Acts that wait until another operator does the same: resume, arm, settle. */
    Optional<List<String>> secondOperator();

    /** How long the other one has; 1m to 1d. */
    @WithDefault("15m")
    String confirmWithin();
  }

  /** Times of orders. */
  interface Orders {
    /** After its approval Kraken may accept an order for this long; 3s to 20s. */
    @WithDefault("10s")
    String deadline();

    /**
     * An order that could not be sent this long after its approval is not sent at all; 500ms to 2s
     * before the deadline. Absent: 5s, or 2s before a shorter deadline.
     */
    Optional<String> sendWithin();

    /** A signal waits this long at most for a fresh price; 100ms to 60s. */
    @WithDefault("5s")
    String decideWithin();

    /**
     * Balances and equity older than this count as unknown for entries; 40s to 1h: they are read
     * every 30 s.
     */
    @WithDefault("2m")
    String balancesMaxAge();

    /** Silence about an order proves nothing until this long after its deadline; 5s to 10m. */
    @WithDefault("60s")
    String silenceFinalAfter();

    /** Pause between look-ups of an order in doubt; at least half the deadline, at most 60s. */
    @WithDefault("10s")
    String lookUpEvery();
  }
}
