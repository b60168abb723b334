package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.signaltoorder.testing.ConfirmProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Rules that let more through, proposed by one operator and judged by another. */
@QuarkusTest
@TestProfile(ConfirmProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleConfirmTest extends ConsoleInBrowser {
  private static final String LIMIT = "[data-rule=spread] [data-parameter=limit]";

  @Test
  void looserRulesWaitUntilAnotherOperatorConfirmsThem() {
    RulesInForce rules = rulesInForce();
    try {
      Page olaf = proposed("1.25");
      long version = rules.read().path("version").longValue() + 1;
      Locator waiting = section(olaf, "waiting-0");
      assertThat(olaf.locator("#said"))
          .hasText("Version " + version + " is not active yet: it waits, see below.");
      assertThat(waiting.locator("h2")).hasText("Version " + version + " waits");
      assertThat(waiting).containsText("becomes 1.25");
      assertThat(waiting).containsText("Another operator has to confirm them");
      assertThat(button(waiting, "Confirm")).hasCount(0);
      assertThat(button(waiting, "Reject")).isVisible();
      assertThat(section(as(TestSecrets.REVIEWER, "/console/rules"), "waiting-0").locator("button"))
          .hasCount(0);

      Page olga = as(TestSecrets.SECOND_OPERATOR, "/console/rules");
      button(section(olga, "waiting-0"), "Confirm").click();
      button(olga, "Yes").click();

      assertThat(olga.locator("#active")).hasText("Version " + version + " is active");
      assertThat(olga.locator("#said")).containsText("Now active.");
      assertThat(section(olga, "waiting-0")).hasCount(0);
      assertThat(olga.locator(LIMIT)).hasValue("1.25");
      assertThat(limit(rules)).isEqualTo("1.25");
    } finally {
      rules.restore();
    }
  }

  @Test
  void looserRulesThatAreRejectedAreGone() {
    RulesInForce rules = rulesInForce();
    String before = limit(rules);
    try {
      proposed("1.5");
      Page olga = as(TestSecrets.SECOND_OPERATOR, "/console/rules");
      Locator waiting = section(olga, "waiting-0");

      waiting.getByLabel("Reason").fill("too loose");
      button(waiting, "Reject").click();

      assertThat(olga.locator("#said")).containsText("Rejected.");
      assertThat(section(olga, "waiting-0")).hasCount(0);
      assertThat(olga.locator(LIMIT)).hasValue(before);
      assertThat(limit(rules)).isEqualTo(before);
      assertThat(rules.read().has("pending")).isFalse();
    } finally {
      rules.restore();
    }
  }

  private Page proposed(String limit) {
    Page page = as(TestSecrets.OPERATOR, "/console/rules");
    page.locator(LIMIT).fill(limit);
    page.locator("#rules-reason").fill("more room");
    button(page, "Activate these rules").click();
    button(page, "Yes").click();
    assertThat(section(page, "waiting-0")).containsText("more room");
    return page;
  }

  private static String limit(RulesInForce rules) {
    return rules.read().path("rules").path("spread").path("limit").asText();
  }
}
