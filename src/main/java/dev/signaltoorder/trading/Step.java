package dev.signaltoorder.trading;

import dev.signaltoorder.journal.InboxEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one message leads to: facts first, effects once they are committed, and the answer to
 * whoever sent it.
 */
final class Step {
  private final AccountState state;
  private final List<Recorded> facts = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<InboxEntry> inbox = new ArrayList<>();
  private @Nullable Object answer;

  Step(AccountState state) {
    this.state = state;
  }

  /**
   * Records a fact and folds it into the state at once, so that what follows in this batch sees it.
   */
  void record(Fact fact) {
    record(fact, null);
  }

  void record(Recorded recorded) {
    record(recorded.fact(), recorded.raw());
  }

  void record(Fact fact, byte @Nullable [] raw) {
    state.apply(fact);
    facts.add(new Recorded(fact, raw));
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  void took(InboxEntry entry) {
    inbox.add(entry);
  }

  void answer(Object value) {
    answer = value;
  }

  List<Recorded> facts() {
    return facts;
  }

  /** The signal it is about, by its first fact that has one; else null. */
  @Nullable UUID signalId() {
    for (Recorded recorded : facts) {
      UUID signalId = recorded.fact().signalId();
      if (signalId != null) {
        return signalId;
      }
    }
    return null;
  }

  List<Effect> effects() {
    return effects;
  }

  List<InboxEntry> inbox() {
    return inbox;
  }

  @Nullable Object answer() {
    return answer;
  }
}
