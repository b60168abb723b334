package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A saved state and the facts after it make the same state as all facts. Random histories from the
 * simulation, cut at random places, compared field by field.
 */
class StateImageTest {
  private static final long HISTORIES = Long.getLong("state.histories", 100);
  private static final int CUTS = 8;
  private final StateCodec codec = new StateCodec();

  private static AccountState fold(AccountState state, List<Fact> facts) {
    facts.forEach(state::apply);
    state.takeTouched();
    state.tallies().takeAnomalies();
    return state;
  }

  @Test
  void aSavedStateAndTheRestAreTheWhole() {
    Set<String> fields = new TreeSet<>(DeepComparison.fields(new AccountState()).keySet());
    Set<String> neverUsed = new TreeSet<>(fields);
    for (long seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      List<Fact> facts = new ArrayList<>(Simulation.history(seed));
      // The simulation's account trades on paper, where nobody arms.
      somewhere(facts, random, new Fact.AccountArmed("anna"));
      // Rare in histories; none of them needs others before it.
      somewhere(facts, random, new Fact.TradingResumed("anna", "looked", 1));
      somewhere(facts, random, new Fact.InvariantViolated("gapless", "test", null, null));
      somewhere(
          facts, random, new Fact.AccountLockedOut(Samples.NOW, UUID.randomUUID(), "lockout"));
      somewhere(
          facts,
          random,
          new Fact.RulesProposed(
              new RuleProposal(
                  Samples.ruleSet(Samples.generousRules("GTC")), List.of("a line"), Samples.NOW)));
      somewhere(
          facts,
          random,
          new Fact.FeesRead(
              "ZUSD",
              BigDecimal.TEN,
              Map.of("XXBTZUSD", new BigDecimal("0.26")),
              Map.of("XXBTZUSD", new BigDecimal("0.16"))));
      UUID unknown = UUID.randomUUID();
      somewhere(facts, random, new ProtectionFact.AmendFailed(unknown, unknown, "silence", true));
      somewhere(facts, random, new ConductFact.SourceSilent("another", Samples.NOW, 60));
      somewhere(
          facts,
          random,
          new ConductFact.ActProposed("SETTLE", "an order", "anna", "looked", Samples.NOW));
      somewhere(
          facts,
          random,
          new ConductFact.RulesScheduled(Samples.ruleSet(Samples.generousRules("IOC"))));
      somewhere(
          facts,
          random,
          new ConductFact.ConditionChanged(
              "BTC/USD",
              MarketCondition.NORMAL,
              MarketCondition.THIN,
              "depth",
              BigDecimal.ONE,
              BigDecimal.TEN,
              BigDecimal.TEN,
              UUID.randomUUID(),
              Samples.NOW,
              "the text"));
      somewhere(
          facts,
          random,
          new ConductFact.PositionsMarked(
              List.of(
                  new ConductFact.Mark(
                      "BTC/USD", BigDecimal.TEN, Samples.NOW, UUID.randomUUID()))));
      somewhere(
          facts,
          random,
          new ConductFact.LossLimitCrossed("drawdown", "USD", Samples.NOW, "the text"));
      numberTheSignals(facts);
      AccountState whole = fold(new AccountState(), facts);
      for (int i = 0; i < CUTS; i++) {
        int cut = random.nextInt(facts.size() + 1);
        AccountState lived = fold(new AccountState(), facts.subList(0, cut));
        forgetUsed(neverUsed, lived);

        AccountState restored = new AccountState(codec.decode(codec.encode(StateImage.of(lived))));

        assertThat(DeepComparison.differences(lived, restored))
            .as("seed %d, saved after %d facts", seed, cut)
            .isEmpty();
        fold(restored, facts.subList(cut, facts.size()));
        assertThat(DeepComparison.differences(whole, restored))
            .as("seed %d, saved after %d facts, then the rest", seed, cut)
            .isEmpty();
      }
    }
    assertThat(neverUsed)
        .as("fields that no history ever filled, so that nobody would notice if they were lost")
        .containsExactlyInAnyOrderElementsOf(EMPTY_BETWEEN_COMMITS);
  }

  /** The simulation's senders do not count their signals. */
  private static void numberTheSignals(List<Fact> facts) {
    long number = 10;
    for (int i = 0; i < facts.size(); i++) {
      if (facts.get(i) instanceof Fact.SignalReceived received) {
        facts.set(
            i,
            new Fact.SignalReceived(
                received.signalId(),
                received.source(),
                received.deliveryId(),
                received.bodySha256(),
                received.receivedAt(),
                Samples.numbered(received.signal(), number++)));
      }
    }
  }

  private static void somewhere(List<Fact> facts, Random random, Fact fact) {
    facts.add(random.nextInt(facts.size()), fact);
  }

  /** Between commits these are empty: nothing to save. */
  private static final Set<String> EMPTY_BETWEEN_COMMITS =
      Set.of("AccountState.summaries.touched", "AccountState.tallies.anomalies");

  private static void forgetUsed(Set<String> neverUsed, AccountState state) {
    Map<String, @Nullable Object> fresh = DeepComparison.fields(new AccountState());
    DeepComparison.fields(state)
        .forEach(
            (name, value) -> {
              boolean same =
                  fresh.containsKey(name)
                      && (value == null
                          ? fresh.get(name) == null
                          : isEmptyLike(value, fresh.get(name)));
              if (!same) {
                neverUsed.remove(name);
              }
            });
  }

  private static boolean isEmptyLike(Object value, @Nullable Object fresh) {
    if (value instanceof java.util.Collection<?> all) {
      return all.isEmpty();
    }
    return value instanceof Map<?, ?> map ? map.isEmpty() : value.equals(fresh);
  }

  @Test
  void factsThatAreNotReadForAFoldChangeNothingInIt() {
    for (long seed = 0; seed < 40; seed++) {
      AccountState applied = new AccountState();
      AccountState passed = new AccountState();
      for (Fact fact : Simulation.history(seed)) {
        applied.apply(fact);
        if (FactCodec.STATELESS.contains(FactCodec.kindOf(fact))) {
          passed.passOver();
        } else {
          passed.apply(fact);
        }
      }
      assertThat(DeepComparison.differences(applied, passed)).as("seed %d", seed).isEmpty();
    }
  }
}
