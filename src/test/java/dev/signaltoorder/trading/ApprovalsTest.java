package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
  private static final Instant LATE = Instant.parse("2026-11-22T23:59:58Z");
  private static final Instant AFTER_MIDNIGHT = Instant.parse("2026-11-23T00:00:01Z");
  private final Approvals approvals = new Approvals();

  @Test
  void anApprovalCountsUntilMidnight() {
    approve(1, LATE);

    assertThat(approvals.notionalOf("ZUSD", LATE)).isEqualByComparingTo("50");
    assertThat(approvals.notionalOf("ZUSD", AFTER_MIDNIGHT)).isZero();
    assertThat(approvals.notionalOf("ZEUR", LATE)).isZero();
  }

  @Test
  void aClockThatStepsBackOverMidnightFindsYesterdaysSumAgain() {
    // Given
    approve(1, LATE);
    approvals.notionalOf("ZUSD", AFTER_MIDNIGHT);
    approve(2, AFTER_MIDNIGHT);

    // When
    BigDecimal steppedBack = approvals.notionalOf("ZUSD", LATE);

    // Then
    assertThat(steppedBack).isEqualByComparingTo("50");
  }

  @Test
  void anApprovalWithAClockThatSteppedBackStillCounts() {
    // Given
    approve(1, AFTER_MIDNIGHT);

    // When
    approve(2, LATE);

    // Then
    assertThat(approvals.notionalOf("ZUSD", LATE)).isEqualByComparingTo("50");
    assertThat(approvals.notionalOf("ZUSD", AFTER_MIDNIGHT)).isEqualByComparingTo("50");
  }

  @Test
  void askingChangesNothing() {
    // Given
    approve(1, LATE);
    approvals.notionalOf("ZUSD", AFTER_MIDNIGHT.plus(Duration.ofDays(3)));

    // When
    BigDecimal sum = approvals.notionalOf("ZUSD", LATE);

    // Then
    assertThat(sum).isEqualByComparingTo("50");
  }

  @Test
  void theProofThatThereIsNoOrderTakesTheAmountBackButNotTheApproval() {
    // Given
    Order order = approve(1, LATE);

    // When
    approvals.provedAbsent(order);

    // Then
    assertThat(approvals.notionalOf("ZUSD", LATE)).isZero();
    assertThat(approvals.within(Duration.ofHours(1), LATE)).hasSize(1);
  }

  @Test
  void aProofThatComesAfterMidnightDoesNotReachIntoTheNewDay() {
    // Given
    Order order = approve(1, LATE);
    approve(2, AFTER_MIDNIGHT);

    // When
    approvals.provedAbsent(order);

    // Then
    assertThat(approvals.notionalOf("ZUSD", AFTER_MIDNIGHT)).isEqualByComparingTo("50");
  }

  @Test
  void aWindowHoldsWhatIsYoungerOldestFirst() {
    // Given
    approve(1, LATE.minusSeconds(120));
    approve(2, LATE.minusSeconds(60));
    approve(3, LATE);

    // When
    var within = approvals.within(Duration.ofSeconds(60), LATE);

    // Then
    assertThat(within)
        .extracting(RecentApproval::approvedAt)
        .containsExactly(LATE.minusSeconds(60), LATE);
  }

  private Order approve(int number, Instant at) {
    UUID orderId = new UUID(0x7000, number);
    OrderIntent intent = Samples.intent(orderId, Samples.plan(Side.BUY, "0.001", "50000"), at);
    approvals.approved(orderId, intent);
    return new Order(
        orderId, new UUID(0x7001, number), intent, new OrderState.NotPlaced("never sent"));
  }
}
