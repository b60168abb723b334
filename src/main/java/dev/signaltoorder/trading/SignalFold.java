package dev.signaltoorder.trading;

import dev.signaltoorder.journal.RawFact;
import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.journal.SummaryFolding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of one signal into its row of the report, without the rest of its account: what
 * the account's own fold came to as well, or the row was changed. Thread-safe.
 */
public final class SignalFold implements SummaryFolding {
  private static final Set<String> KINDS =
      Set.of(
          "signal-received",
          "signal-invalid",
          "signal-decided",
          "cancel-done",
          "order-intended",
          "order-placed",
          "order-refused",
          "order-in-doubt",
          "order-not-placed",
          "order-quarantined",
          "order-progressed",
          "order-ended");

  private final FactCodec codec = new FactCodec();

  @Override
  public Set<String> kinds() {
    return KINDS;
  }

  @Override
  public Optional<SignalSummary> fold(List<RawFact> facts) {
    Course course = new Course();
    for (RawFact fact : facts) {
      if (KINDS.contains(fact.kind())) {
        codec.decode(fact).ifPresent(course::apply);
      }
    }
    return Optional.ofNullable(course.row);
  }

  /** What has become of the signal so far. */
  private static final class Course {
    private @Nullable SignalSummary row;
    private final Map<UUID, Order> orders = new HashMap<>();

    private void apply(Fact fact) {
      switch (fact) {
        case Fact.SignalReceived received -> put(SummaryFold.received(received));
        case Fact.SignalInvalid invalid -> put(SummaryFold.invalid(invalid));
        case Fact.SignalDecided decided -> put(SummaryFold.decided(row(decided), decided));
        case Fact.CancelDone done -> put(SummaryFold.outcome(row(done), "CANCELED", null));
        case Fact.OrderIntended intended -> intended(intended);
        default -> changed(fact);
      }
    }

    private void put(SignalSummary next) {
      row = next;
    }

    private SignalSummary row(Fact fact) {
      return Objects.requireNonNull(row, "no signal was taken before " + FactCodec.kindOf(fact));
    }

    /** An order that protects a position is not the signal's own: the row does not show it. */
    private void intended(Fact.OrderIntended fact) {
      if (fact.intent().protective() == null) {
        moved(
            fact,
            new Order(fact.orderId(), fact.signalId(), fact.intent(), new OrderState.Intended()));
      }
    }

    private void changed(Fact fact) {
      Order before = orders.get(fact.orderId());
      if (before != null) {
        moved(fact, before.with(OrderTransitions.after(before.state(), fact)));
      }
    }

    private void moved(Fact fact, Order order) {
      orders.put(order.orderId(), order);
      put(SummaryFold.ordered(row(fact), order));
    }
  }
}
