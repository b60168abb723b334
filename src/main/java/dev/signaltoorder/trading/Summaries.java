package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SignalSummary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The report's rows of signals that are not finished. Part of the fold. */
final class Summaries {
  private final Map<UUID, SignalSummary> rows = new LinkedHashMap<>();
  private final Set<UUID> touched = new LinkedHashSet<>();

  void put(SignalSummary row) {
    rows.put(row.signalId(), row);
    touched.add(row.signalId());
  }

  /** The row shall be looked at when the next ones are taken. */
  void touch(UUID signalId) {
    touched.add(signalId);
  }

  @Nullable SignalSummary find(UUID signalId) {
    return rows.get(signalId);
  }

  SignalSummary of(UUID signalId) {
    return Objects.requireNonNull(rows.get(signalId), "no summary of signal " + signalId);
  }

  /**
   * The rows that changed since the last call; rows of finished signals are let go. A row that is
   * still PENDING is kept, whatever else is known: a replay may stop to take the rows between a
   * decision and the intent that follows from it.
   *
   * @param alive signals with an order that is not final, or still asked about
   */
  Collection<SignalSummary> takeTouched(Set<UUID> alive) {
    Map<UUID, SignalSummary> changed = new TreeMap<>();
    for (UUID signalId : touched) {
      SignalSummary row = of(signalId);
      changed.put(signalId, row);
      if (!row.outcome().equals("PENDING") && !alive.contains(signalId)) {
        rows.remove(signalId);
      }
    }
    touched.clear();
    return changed.values();
  }

  /** Everything, as values; only between commits, when no row waits to be written. */
  List<SignalSummary> image() {
    if (!touched.isEmpty()) {
      throw new IllegalStateException("summaries wait to be written");
    }
    return List.copyOf(rows.values());
  }

  void restore(List<SignalSummary> image) {
    image.forEach(row -> rows.put(row.signalId(), row));
  }
}
