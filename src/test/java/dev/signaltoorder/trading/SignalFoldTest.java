package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.journal.RawFact;
import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A signal's row follows from its own facts alone, and is what the account's fold made of them. */
class SignalFoldTest {
  private static final FactCodec CODEC = new FactCodec();
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SignalFold fold = new SignalFold();

  @Test
  void eachSignalsRowIsThatOfTheAccountsFold() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    UUID open = core.open();
    core.followed(Samples.info("OABC", open.toString(), "open", "0.0002", "50010.0"));
    core.arrives(Action.CANCEL);
    core.followed(Samples.info("OABC", open.toString(), "canceled", "0.0002", "50010.0"));
    core.tick();
    UUID doubt = core.inDoubt();
    core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("EOrder:No", true));
    core.arrives("parked", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));
    for (int i = 0; i < 60; i++) {
      core.lookUpFails(doubt);
      core.pass(Duration.ofSeconds(11));
    }

    Map<UUID, SignalSummary> rows = new LinkedHashMap<>();
    AccountState state = new AccountState();
    for (Fact fact : core.facts()) {
      state.apply(fact);
      state.takeTouched().forEach(row -> rows.put(row.signalId(), row));
    }

    assertThat(rows.values().stream().map(SignalSummary::outcome))
        .contains("FILLED", "PARTIALLY_FILLED", "CANCELED", "REFUSED_BY_EXCHANGE", "QUARANTINED");
    rows.forEach(
        (signalId, row) ->
            assertThat(fold.fold(factsOf(signalId, core.facts())))
                .as(row.toString())
                .contains(row));
  }

  @Test
  void aSignalThatWasNeverTakenHasNoRow() {
    assertThat(fold.fold(List.of())).isEqualTo(Optional.empty());
  }

  @Test
  void factsThatCannotBeAreNotFolded() {
    UUID id = new UUID(0x7000, 1);
    List<RawFact> ended = factsOf(id, List.of(new Fact.CancelDone(id)));

    assertThatThrownBy(() -> fold.fold(ended)).hasMessageContaining("before cancel-done");
  }

  @Test
  void itReadsEveryKindThatTouchesARow() {
    AccountState state = new AccountState();
    List<String> touching = new ArrayList<>();
    for (Fact fact : FactCodecTest.lived()) {
      state.apply(fact);
      List<SignalSummary> changed = new ArrayList<>(state.takeTouched());
      if (!changed.isEmpty()) {
        touching.add(FactCodec.kindOf(fact));
      }
    }

    assertThat(touching).isNotEmpty();
    // A look that finds nothing touches the row and leaves it as it is.
    touching.removeIf("order-still-absent"::equals);
    assertThat(fold.kinds()).containsAll(touching);
  }

  static List<RawFact> factsOf(UUID signalId, List<Fact> facts) {
    List<RawFact> own = new ArrayList<>();
    for (Fact fact : facts) {
      if (signalId.equals(fact.signalId())) {
        own.add(IndependentChecker.raw(CODEC, JSON, own.size(), fact));
      }
    }
    return own;
  }
}
