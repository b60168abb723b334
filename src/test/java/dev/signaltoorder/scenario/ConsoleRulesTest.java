package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The rules page: trying and activating rules, and how much of the limits is used. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleRulesTest extends ConsoleInBrowser {
  private static final BigDecimal THREE = BigDecimal.valueOf(3);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern ABOUT_A_THIRD = Pattern.compile(".*, [345]\\d %");
  private static final Pattern WORDS = Pattern.compile("(\\S+) of (\\S+) (\\S+), (\\d+) %");

  @Test
  void anOperatorTriesRulesOnStoredSignalsAndActivatesThem() {
    bought(freshStrategy());
    RulesInForce rules = rulesInForce();
    try {
      Page page = as(TestSecrets.OPERATOR, "/console/rules");
      assertThat(page.locator("#active")).hasText(version(rules) + " is active");
      assertThat(button(page, "Activate these rules")).isDisabled();

      page.locator("[data-rule=max-order-notional] [data-parameter=limit]").fill("1");
      assertThat(page.locator("#rules-diff li"))
          .hasText("max-order-notional, limit: %s becomes 1".formatted(RoomyProfile.ORDER_LIMIT));
      page.locator("#replay-days").selectOption("1");
      button(page, "Try on stored signals").click();
      assertThat(page.locator("#replay-result")).containsText("judged again");
      assertThat(page.locator("#replay-result")).containsText("max-order-notional");

      page.locator("[data-rule=max-order-notional] [data-parameter=limit]").fill("9999");
      page.locator("#rules-reason").fill("a browser test");
      button(page, "Activate these rules").click();
      assertThat(page.locator("#confirm-list")).containsText("becomes 9999");
      button(page, "Yes").click();

      assertThat(section(page, "active")).containsText("a browser test");
      assertThat(page.locator("#said")).hasText(version(rules) + " is active on every account.");
      JsonNode limit = rules.read().path("rules").path("max-order-notional").path("limit");
      assertThat(limit.textValue()).isEqualTo("9999");
    } finally {
      rules.restore();
    }
  }

  private static String version(RulesInForce rules) {
    return "Version " + rules.read().path("version").asText();
  }

  @Test
  void theBarsOfTheLimitsSayWhatTheStatusSays() {
    wellBeforeMidnight();
    String strategy = freshStrategy();
    ended("OPEN", () -> Payload.limit("BUY", strategy, "60000.0", "0.001"));
    // Orders and limits are measured together: now the limits count this one.
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> operator().get("/operations/status").body().contains(strategy));
    RulesInForce rules = rulesInForce();
    try {
      BigDecimal approved = number(limits().getFirst().path("used"));
      assertThat(limits().getFirst().path("rule").textValue()).isEqualTo("daily-notional");
      // A third: the bar is neither empty nor full.
      BigDecimal limit = approved.multiply(THREE).setScale(0, RoundingMode.UP);
      rules.set("daily-notional", "limit", limit.toPlainString());
      Page page = as(TestSecrets.OPERATOR, "/console/rules");

      // The status is up to a second old: the bars may fit the limit before.
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                theBarsFit(page);
                assertThat(page.locator(".usage-words").first().innerText()).matches(ABOUT_A_THIRD);
              });
    } finally {
      rules.restore();
      accepted(demo().send(Payload.of("CANCEL", strategy)));
    }
  }

  private void theBarsFit(Page page) {
    List<JsonNode> told = limits();
    page.reload();
    // What moved meanwhile is looked at once more.
    assertThat(limits()).isEqualTo(told);
    assertThat(page.locator(".usage-words")).hasCount(told.size());
    for (int i = 0; i < told.size(); i++) {
      JsonNode limit = told.get(i);
      Matcher words = WORDS.matcher(page.locator(".usage-words").nth(i).innerText());
      assertThat(words.matches()).as("%s: %s", limit, words).isTrue();
      BigDecimal used = number(limit.path("used"));
      BigDecimal most = number(limit.path("limit"));
      BigDecimal percent =
          used.max(BigDecimal.ZERO).movePointRight(2).divide(most, 0, RoundingMode.UP);
      assertThat(new BigDecimal(words.group(1))).isEqualByComparingTo(nineDigits(used));
      assertThat(new BigDecimal(words.group(2))).isEqualByComparingTo(most);
      assertThat(words.group(3)).isEqualTo(limit.path("unit").textValue());
      assertThat(new BigDecimal(words.group(4))).isEqualByComparingTo(percent);
      String width = page.locator("svg.usage rect").nth(i).getAttribute("width");
      assertThat(new BigDecimal(width)).isEqualByComparingTo(percent.min(HUNDRED));
    }
  }

  private static BigDecimal nineDigits(BigDecimal value) {
    int whole = value.setScale(0, RoundingMode.DOWN).precision();
    return value.round(new MathContext(Math.max(9, whole + 2)));
  }

  private List<JsonNode> limits() {
    List<JsonNode> limits = new ArrayList<>();
    JsonNode accounts = operator().get("/operations/status").json().path("accounts");
    assertThat(accounts).hasSize(1);
    accounts.get(0).path("limits").forEach(limits::add);
    return limits;
  }

  private static BigDecimal number(JsonNode node) {
    return new BigDecimal(node.asText());
  }
}
