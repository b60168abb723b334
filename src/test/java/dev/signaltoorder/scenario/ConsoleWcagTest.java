package dev.signaltoorder.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.signaltoorder.testing.AxeCore;
import dev.signaltoorder.testing.Browser;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every page of the console, held against what a machine can check of WCAG 2.2 AA. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleWcagTest extends RunningService {

  @TestHTTPResource("/")
  URI service;

  @Test
  void everyPageMeetsItInLightAndDark() throws Exception {
    AxeCore axe = AxeCore.installed().orElse(null);
    assumeTrue(axe != null, "axe-core could not be had from npm's registry");
    String signalId = filled();
    Map<String, List<String>> pages =
        Map.of(
            TestSecrets.REVIEWER,
            List.of("/", "/audit/signals/" + signalId, "/audit/performance", "/console/audit"),
            TestSecrets.OPERATOR,
            List.of("/console/positions", "/console/rules", "/console/operations"));
    SoftAssertions all = new SoftAssertions();
    try (Browser browser = Browser.start()) {
      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        pages.forEach(
            (user, paths) -> {
              Page page = browser.page(service, user, 1280, 900, colours);
              for (String path : paths) {
                page.navigate(path);
                all.assertThat(axe.violations(page)).as("%s in %s", path, colours).isEmpty();
              }
            });
      }
      browser.endPages();
    }
    all.assertAll();
  }
}
