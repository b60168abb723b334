package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.signaltoorder.testing.LiveProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Arming and disarming in live mode. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleArmTest extends ConsoleInBrowser {
  @BeforeEach
  void keysAreChecked() {
    operator().post("/operations/disarm", Map.of("account", "real"));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(operator().get("/operations/status").body())
                    .doesNotContain("has not been checked yet"));
  }

  @Test
  void anOperatorArmsAnAccountByItsNameAndDisarmsIt() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator form = section(page, "arm").locator("form").first();
    Locator disarm = section(page, "arm").locator("form").last();
    Locator badge = section(page, "account-real").locator("h2 .badge");
    assertThat(page.locator(".mode-live strong")).hasText("live");
    assertThat(section(page, "faults")).hasCount(0);
    assertThat(badge).hasText("Not trading");

    arm(page, form, "real", "reel");
    assertThat(form.locator("output")).containsText("Not done.");
    assertThat(form.locator("output")).containsText("confirm");
    assertThat(badge).hasText("Not trading");
    browser().forgive("status of 400");

    arm(page, form, "real", "real");
    assertThat(form.locator("output")).containsText("Armed.");
    assertThat(badge).hasText("Trading");

    disarm.locator("[name=account]").selectOption("real");
    button(disarm, "Disarm").click();
    button(page, "Yes").click();
    assertThat(disarm.locator("output")).containsText("Disarmed.");
    assertThat(form.locator("output")).isEmpty();
    assertThat(badge).hasText("Not trading");
  }

  @Test
  void thatAKeyMayWithdrawIsSaidAndTheAccountStaysUnarmed() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator form = section(page, "arm").locator("form").first();

    arm(page, form, "leaky", "leaky");

    assertThat(form.locator("output")).containsText("withdraw");
    assertThat(section(page, "account-leaky").locator("h2 .badge")).hasText("Not trading");
    browser().forgive("status of 409");
  }

  private static void arm(Page page, Locator form, String account, String confirmed) {
    form.locator("[name=account]").selectOption(account);
    form.locator("[name=confirm]").fill(confirmed);
    button(form, "Arm").click();
    button(page, "Yes").click();
  }
}
