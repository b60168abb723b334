package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The latest part of a list of approvals. */
final class RecentApprovals {

  private RecentApprovals() {}

  /**
   * The approvals that are younger than the window; one exactly as old as the window is out, one
   * from the future is in. By binary search, because an hour may hold very many.
   *
   * @param approvals oldest first
   */
  static List<RecentApproval> within(List<RecentApproval> approvals, Instant now, Duration window) {
    return after(approvals, now.minus(window));
  }

  /** The approvals of the UTC day of {@code now}, and any from later on. */
  static List<RecentApproval> ofDay(List<RecentApproval> approvals, Instant now) {
    // One nanosecond earlier, because an approval at midnight belongs to the day.
    return after(approvals, now.truncatedTo(ChronoUnit.DAYS).minusNanos(1));
  }

  /**
   * The approvals later than {@code start}.
   *
   * @param approvals oldest first
   */
  static List<RecentApproval> after(List<RecentApproval> approvals, Instant start) {
    int low = 0;
    int high = approvals.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (approvals.get(middle).approvedAt().isAfter(start)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return approvals.subList(low, approvals.size());
  }
}
