package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.PageChecks;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A journal that is not what it says. */
@QuarkusTest
@TestProfile(ConsoleContradictionTest.ForgedProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleContradictionTest extends ConsoleInBrowser {
  private static final String ALARM_RED = "rgb(163, 23, 11)";

  /** A process of its own: what it has found out it does not forget. */
  public static class ForgedProfile extends RoomyProfile {}

  private static final String FORGED = "forged";

  @AfterEach
  void theForgedJournalIsGone() {
    Journal.remove(FORGED);
  }

  @Test
  void whatContradictsTheEvidenceTurnsThePageRedByItself() {
    bought(freshStrategy());
    Page page = as(TestSecrets.REVIEWER, "/console/audit");
    assertThat(page.locator(".lead .badge"))
        .hasText("Nothing contradicts what was signed or read before.");
    Locator verdict = page.locator(".lead .badge");
    assertThat(verdict).not().hasCSS("background-color", ALARM_RED);

    Journal.copy(RoomyProfile.ACCOUNT, FORGED, 3);

    assertThat(verdict).containsText("ALARM: a journal contradicts");
    assertThat(verdict).hasCSS("background-color", ALARM_RED);
    Locator log = section(page, "log-" + FORGED);
    assertThat(log.locator("h2 .badge")).hasText("Contradiction");
    assertThat(log.locator("h2 .badge")).hasCSS("background-color", ALARM_RED);
    assertThat(log.locator("[role=alert]")).containsText("fact 0 of forged was changed: account");
    assertThat(section(page, "log-" + RoomyProfile.ACCOUNT).locator("h2 .badge"))
        .hasText("No contradiction");
    assertThat(PageChecks.tooLowContrast(page)).isEmpty();
  }
}
