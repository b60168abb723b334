package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.report.FillResults.Fill;
import dev.signaltoorder.report.FillResults.Sums;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FillResultsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");
  private static final Map<String, BigDecimal> MIDS = Map.of("BTC/USD", new BigDecimal("60"));

  private static Fill fill(boolean buy, Instant at, String volume, String cost, String fee) {
    return new Fill(
        "trend",
        "main",
        "trend",
        "BTC/USD",
        buy,
        at,
        new BigDecimal(volume),
        new BigDecimal(cost),
        new BigDecimal(fee));
  }

  private static Sums sums(FillResults results) {
    return sums(results, MIDS);
  }

  private static Sums sums(FillResults results, Map<String, BigDecimal> mids) {
    return results.valued(mids).getOrDefault("trend", Map.of()).getOrDefault("USD", new Sums());
  }

  @Test
  void aSaleEarnsItsProceedsLessAverageCostAndFees() {
    FillResults results = new FillResults(null);
    results.add(fill(true, MONDAY, "1", "40", "1"));
    results.add(fill(true, MONDAY, "1", "58", "1"));
    results.add(fill(false, TUESDAY, "1", "70", "2"));

    Sums sums = sums(results);

    assertThat(sums.bought).isEqualByComparingTo("98");
    assertThat(sums.sold).isEqualByComparingTo("70");
    assertThat(sums.fees).isEqualByComparingTo("4");
    assertThat(sums.realised).as("70 - 50 - 2").isEqualByComparingTo("18");
    assertThat(sums.held).isEqualByComparingTo("50");
    assertThat(sums.open).as("60 - 50").isEqualByComparingTo("10");
    assertThat(results.byDay()).hasSize(1);
    assertThat(results.byDay().firstEntry().getKey()).hasToString("2026-11-24");
  }

  @Test
  void whatWasBoughtEarlierHasItsCostButDoesNotCount() {
    FillResults results = new FillResults(TUESDAY);
    results.add(fill(true, MONDAY, "2", "80", "2"));
    results.add(fill(false, TUESDAY, "1", "70", "0"));

    Sums sums = sums(results);

    assertThat(sums.bought).isZero();
    assertThat(sums.fees).isZero();
    assertThat(sums.realised).isEqualByComparingTo("29");
    assertThat(sums.held).isEqualByComparingTo("41");
  }

  @Test
  void whatWasNeverBoughtHereHasNoCostAndNoResultButItsFee() {
    FillResults results = new FillResults(null);
    results.add(fill(true, MONDAY, "1", "50", "0"));
    results.add(fill(false, MONDAY, "2", "120", "3"));
    results.add(fill(false, MONDAY, "1", "60", "1"));

    assertThat(sums(results).realised).as("60 - 50 - 3 - 1").isEqualByComparingTo("6");
    assertThat(sums(results).held).isZero();
  }

  @Test
  void withoutAPriceTheOpenResultIsUnknownNotZero() {
    FillResults results = new FillResults(null);
    results.add(fill(true, MONDAY, "1", "50", "0"));

    assertThat(sums(results, Map.of()).open).isNull();
  }
}
