package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.CancelAllTimer;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What can reach an account's loop. */
public sealed interface Message {

  /** The private calls whose outcome it brings. */
  default List<CallRecord> calls() {
    return switch (this) {
      case AddOrderFinished finished -> List.of(finished.call());
      case LookedUp lookedUp -> lookedUp.findings().calls();
      case Followed followed -> List.of(followed.answer().call());
      case CancelFinished finished -> List.of(finished.answer().call());
      case AmendFinished finished -> List.of(finished.answer().call());
      case BalancesAnswered answered -> List.of(answered.balances().call());
      case FeesAnswered answered -> List.of(answered.answer().call());
      case CancelAllAfterAnswered answered -> List.of(answered.answer().call());
      case KeyCheckFinished finished -> finished.calls();
      case KeysRotated rotated -> rotated.check().calls();
      case KeysNotRotated notRotated -> notRotated.calls();
      default -> List.of();
    };
  }

  /** A valid signal arrived, with the market as it is known right now. */
  record SignalArrived(Delivery delivery, Signal signal, MarketView market) implements Message {}

  /** An authentic delivery arrived that is no valid signal. */
  record InvalidArrived(Delivery delivery, List<FieldProblem> problems) implements Message {}

  /** A delivery arrived whose id was used, long ago, with another body. */
  record ConflictArrived(Delivery delivery, UUID firstSignalId) implements Message {}

  /** The market for a waiting signal was looked at again. */
  record MarketReady(UUID signalId, MarketView market) implements Message {}

  /** The one call to AddOrder is over. */
  record AddOrderFinished(UUID orderId, CallRecord call, AddOrderVerdict verdict)
      implements Message {}

  /**
   * A look-up of orders that may exist is over.
   *
   * @param number of the {@link Effect.LookUp} it answers
   * @param orderIds which orders were looked for
   */
  record LookedUp(long number, List<UUID> orderIds, Findings findings) implements Message {}

  /**
   * A QueryOrders over open orders is over.
   *
   * @param budgetLeft see {@link Exchange#budgetLeft}
   */
  record Followed(Answer<QueriedOrders> answer, int budgetLeft) implements Message {}

  /** The websocket told of orders, perhaps of ours; perhaps again. */
  record ExecutionsReported(ExecutionNews news) implements Message {}

  /**
   * The websocket feed of this account's orders became whole, or was lost.
   *
   * @param whole from now on it misses nothing, as far as can be known
   */
  record FeedChanged(boolean whole, String why) implements Message {}

  /**
   * An AmendOrder is over.
   *
   * @param deadline the change's: it tells changes of one order apart
   */
  record AmendFinished(UUID orderId, Instant deadline, Answer<String> answer) implements Message {}

  /** The price of a pair that positions depend on. */
  record PriceSeen(String pair, MarketView market) implements Message {}

  /** A CancelOrder is over. */
  record CancelFinished(UUID orderId, Answer<Integer> answer) implements Message {}

  /**
   * The balances were read.
   *
   * @param asOf what {@link Effect.ReadBalances} named
   * @param equity by quote asset id
   */
  record BalancesAnswered(
      long asOf, Answer<Map<String, AssetBalance>> balances, Map<String, Answer<BigDecimal>> equity)
      implements Message {}

  /** What the account pays was asked for. */
  record FeesAnswered(Answer<FeeRates> answer) implements Message {}

  /**
   * Kraken's dead man's switch was set.
   *
   * @param timeout that was asked for; zero switches it off
   */
  record CancelAllAfterAnswered(Duration timeout, Answer<CancelAllTimer> answer)
      implements Message {}

  /**
   * The keys were checked.
   *
   * @param answered false when Kraken did not say what the keys may do: asked again soon
   * @param historyLimited the reading key sees only a window of time: silence proves nothing
   */
  record KeyCheckFinished(
      List<CallRecord> calls,
      boolean answered,
      String keyFingerprints,
      List<String> refusals,
      List<String> warnings,
      boolean historyLimited)
      implements Message {}

  /**
   * Calls are made with other keys from now on.
   *
   * @param from the old keys' fingerprints
   * @param check of the new keys
   */
  record KeysRotated(String from, KeyCheckFinished check) implements Message {}

  /**
   * The key files hold other keys, and they are not used.
   *
   * @param inUse fingerprints of the keys that stay
   * @param calls what was asked about the new ones, perhaps nothing
   */
  record KeysNotRotated(String inUse, String reason, List<CallRecord> calls) implements Message {}

  /** Checkpoints are signed with another key from now on; fingerprints. */
  record CheckpointKeyReplaced(String from, String to) implements Message {}

  /**
   * Other users, or other secrets of a source or receiver, are in force; fingerprints.
   *
   * @param what {@code users}, {@code source} and its name, the name of an outlet, or whose
   *     authorities
   */
  record SecretsReplaced(String what, String from, String to) implements Replacement {
    @Override
    public Fact fact() {
      return new Fact.SecretsReplaced(what, from, to);
    }
  }

  /**
   * The service shows another certificate.
   *
   * @param what {@code tls} and the name of the TLS configuration
   * @param from SHA-256 of the certificate until then, hexadecimal; of several with commas
   * @param to likewise, from then on
   * @param subject whose it is, RFC 2253
   * @param notAfter when it ends
   */
  record CertificateReplaced(String what, String from, String to, String subject, Instant notAfter)
      implements Replacement {
    @Override
    public Fact fact() {
      return new ConductFact.CertificateReplaced(what, from, to, subject, notAfter);
    }
  }

  /** Something gave way to something else while the service ran; by fingerprint. */
  sealed interface Replacement extends Message {
    /** Whose it is. */
    String what();

    /** The fingerprint of what was in force until then. */
    String from();

    /** The fingerprint of what is in force from then on. */
    String to();

    /** What the journal says of it. */
    Fact fact();
  }

  /** Time has passed. */
  record Tick() implements Message {}

  /**
   * An operator halts.
   *
   * @param scope ENTRIES, ALL or CANCEL_ALL
   * @param sweep what CANCEL_ALL cancels beside open entries
   */
  record Halt(String scope, String actor, String reason, Sweep sweep) implements Message {

    public Halt {
      // What a process of an earlier version handed over.
      sweep = sweep == null ? Sweep.ENTRIES : sweep;
    }

    /** One that cancels nothing but entries. */
    public Halt(String scope, String actor, String reason) {
      this(scope, actor, reason, Sweep.ENTRIES);
    }
  }

  /** An operator asks what a halt would do. Its parameters are those of {@link Halt}. */
  record RehearseHalt(String scope, String actor, String reason, Sweep sweep) implements Message {

    public RehearseHalt {
      sweep = sweep == null ? Sweep.ENTRIES : sweep;
    }

    /** Of one that cancels nothing but entries. */
    public RehearseHalt(String scope, String actor, String reason) {
      this(scope, actor, reason, Sweep.ENTRIES);
    }
  }

  /** An operator resumes. */
  record Resume(String actor, String reason) implements Message {}

  /** An operator arms the account. */
  record Arm(String actor) implements Message {}

  /** An operator disarms the account. */
  record Disarm(String actor) implements Message {}

  /** An operator changes the simulated exchange: recorded before it is done. */
  record Drill(String actor, String what) implements Message {}

  /**
   * A validated rule set shall take effect.
   *
   * @param onlyStricter the account refuses it where it may let more through than its own rules
   */
  record ActivateRules(RuleSet ruleSet, boolean onlyStricter) implements Message {

    /** Whatever it lets through. */
    public ActivateRules(RuleSet ruleSet) {
      this(ruleSet, false);
    }
  }

  /** A validated rule set that may let more through shall wait for a second operator. */
  record ProposeRules(RuleProposal proposal) implements Message {}

  /** A second operator confirms the proposed rules of this version. */
  record ConfirmRules(long version, String actor) implements Message {}

  /** An operator, possibly their author, rejects the proposed rules of this version. */
  record RejectRules(long version, String actor, String reason) implements Message {}

  /**
   * An operator settles a quarantined order after looking at Kraken: {@code placedTxid} empty means
   * there is none.
   */
  record Settle(UUID orderId, String placedTxid, String actor, String reason) implements Message {}
}
