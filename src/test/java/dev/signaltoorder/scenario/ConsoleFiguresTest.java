package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Figures on the performance and audit pages are those of the interface. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleFiguresTest extends ConsoleInBrowser {
  @Test
  void theAuditPageSaysFromWhenToWhenFactsWereReadAgain() {
    bought(freshStrategy());
    Page page = as(TestSecrets.REVIEWER, "/console/audit");

    assertThat(page.locator("section[aria-labelledby=log-" + RoomyProfile.ACCOUNT + "]"))
        .containsText(
            Pattern.compile(
                "Verified from \\d{4}-\\d\\d-\\d\\d [0-9:]{8} to \\d{4}-\\d\\d-\\d\\d [0-9:]{8}:"
                    + " the first \\d+ of \\d+ facts"));
    assertThat(page.locator("section[aria-labelledby=rows] .badge")).hasText("No contradiction");
  }

  @Test
  void aSaleShowsInTheCurveAndInTheMoneyAsInTheReport() {
    wellBeforeMidnight();
    String strategy = freshStrategy();
    bought(strategy);
    exchange().setPrice("BTC/USD", "69000.0", "69000.1");
    ended("FILLED", () -> Payload.limit("SELL", strategy, "69000.0", "0.001"));
    JsonNode performance = report().performance(Map.of("strategy", strategy));
    String realised = performance.path("days").path(0).path("realised").path("USD").textValue();
    assertThat(new BigDecimal(realised)).isPositive();

    Page page = as(TestSecrets.REVIEWER, "/audit/performance?strategy=" + strategy);

    Locator curve = section(page, "curve-0");
    assertThat(curve.locator("h2")).hasText("Earned so far, in USD");
    assertThat(curve.locator("p.quiet")).containsText("last " + realised + " USD");
    curve.locator("summary").click();
    assertThat(curve.locator("tbody td"))
        .hasText(
            new String[] {
              performance.path("days").path(0).path("day").textValue(), realised, realised
            });
    String[] points = curve.locator("polyline").getAttribute("points").split("[ ,]", -1);
    String zero = curve.locator("line").getAttribute("y1");
    assertThat(points).as("it begins at nothing").startsWith("0.0", zero);
    assertThat(new BigDecimal(points[points.length - 1]))
        .as("a gain is above the line")
        .isLessThan(new BigDecimal(zero));

    JsonNode money = performance.path("total").path("money").path("USD");
    Map<String, String> cells = new LinkedHashMap<>();
    for (String name : List.of("Bought", "Sold", "Fees", "Realised")) {
      cells.put(name, section(page, "all").locator("td[data-label=" + name + "]").innerText());
    }
    assertThat(cells)
        .containsEntry("Bought", money.path("bought").textValue())
        .containsEntry("Sold", money.path("sold").textValue())
        .containsEntry("Fees", money.path("fees").textValue())
        .containsEntry("Realised", realised);
    assertThat(new BigDecimal(cells.get("Sold")))
        .as("all was sold again")
        .isEqualByComparingTo(
            new BigDecimal(cells.get("Bought"))
                .add(new BigDecimal(cells.get("Fees")))
                .add(new BigDecimal(realised)));
  }

  @Test
  void theBarsOfADistributionAddUpToTheOrdersOfTheReport() {
    String strategy = "";
    // Two orders and no other: one that a slow machine refused would be counted in some charts.
    for (int i = 0; i < 6 && (strategy.isEmpty() || report().rowsOf(strategy).size() > 2); i++) {
      strategy = freshStrategy();
      bought(strategy);
      bought(strategy);
    }
    Page page = as(TestSecrets.REVIEWER, "/audit/performance?strategy=" + strategy);

    Locator charts = section(page, "all").locator("svg.bars");
    assertThat(charts).hasCount(5);
    for (Locator chart : charts.all()) {
      int orders = 0;
      for (String title : chart.locator("title").allTextContents()) {
        orders += Integer.parseInt(title.substring(title.lastIndexOf(' ') + 1));
      }
      assertThat(orders).as(chart.getAttribute("aria-label")).isEqualTo(2);
    }
  }
}
