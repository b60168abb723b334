package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.time.Duration;
import java.time.Instant;
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
    Instant start = now.minus(window);
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
