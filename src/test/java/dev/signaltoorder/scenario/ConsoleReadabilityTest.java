package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.signaltoorder.testing.PageChecks;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every page can be read: contrast, a phone's width, the keyboard. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleReadabilityTest extends ConsoleInBrowser {
  /** CSS pixels: WCAG 2.2, reflow. */
  private static final int PHONE = 320;

  private final List<String> stories = new ArrayList<>();
  private final String resting = longStrategy();
  private final String holding = longStrategy();

  @AfterEach
  void nothingRestsAnyMore() {
    if (!stories.isEmpty()) {
      report().awaitOutcome(accepted(demo().send(Payload.of("CANCEL", resting))), "CANCELED");
      // With its stop.
      ended("FILLED", () -> Payload.of("CLOSE", holding));
    }
  }

  @Test
  void contrastIsEnoughOnEveryPageInLightAndDark() {
    SoftAssertions all = new SoftAssertions();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1280, PHONE)) {
        everyPage(
            width,
            colours,
            (path, page) ->
                all.assertThat(PageChecks.tooLowContrast(page))
                    .as("%s in %s, %d wide", path, colours, width)
                    .isEmpty());
      }
    }
    all.assertAll();
  }

  @Test
  void noPageIsWiderThanAPhone() {
    SoftAssertions all = new SoftAssertions();
    everyPage(
        PHONE,
        ColorScheme.DARK,
        (path, page) -> all.assertThat(PageChecks.tooWide(page)).as(path).isEmpty());
    all.assertAll();
  }

  @Test
  void everythingIsReachedByTheKeyboardAndTheFocusIsSeen() {
    SoftAssertions all = new SoftAssertions();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      everyPage(
          1280,
          colours,
          (path, page) -> {
            all.assertThat(PageChecks.unfitForTheKeyboard(page))
                .as("%s in %s", path, colours)
                .isEmpty();
          });
    }
    all.assertAll();
  }

  @Test
  void theChecksFindWhatIsWrong() {
    Page page = browser().page(service, TestSecrets.REVIEWER, PHONE, 740, ColorScheme.LIGHT);
    goTo(page, "/console/audit");
    holdStill(page);
    assertThat(PageChecks.tooLowContrast(page)).isEmpty();
    page.evaluate("document.querySelector('h1').style.color = '#999'");
    assertThat(PageChecks.tooLowContrast(page)).singleElement().asString().startsWith("h1");

    assertThat(PageChecks.tooWide(page)).isEmpty();
    page.evaluate("document.querySelector('h1').style.minWidth = '400px'");
    assertThat(PageChecks.tooWide(page)).singleElement().asString().contains("<h1");

    assertThat(PageChecks.unfitForTheKeyboard(page)).isEmpty();
    page.evaluate("document.querySelector('.sections a').style.outline = 'none'");
    page.evaluate("document.querySelector('pre + p + p a').tabIndex = -1");
    assertThat(PageChecks.unfitForTheKeyboard(page))
        .hasSize(2)
        .anyMatch(one -> one.startsWith("no outline at a"))
        .anyMatch(one -> one.startsWith("not reached: <a"));
  }

  /** A page that follows what happens must not take the keyboard away from who uses it. */
  @Test
  void theFocusStaysWhereItIsWhileThePageFollows() {
    bought(freshStrategy());
    Page page = as(TestSecrets.REVIEWER, "/console/audit");
    Locator summary = page.locator("#live-region summary").first();
    Locator link = page.locator("#live-region a").first();

    for (Locator one : List.of(summary, link)) {
      one.focus();
      page.evaluate("document.getElementById('live-region').dataset.before = 'yes'");
      page.evaluate("document.querySelector('#live-region h2').dataset.before = 'yes'");
      assertThat(page.locator("#live-region h2[data-before]")).hasCount(0);
      assertThat(one).isFocused();
    }
  }

  private void everyPage(int width, ColorScheme colours, BiConsumer<String, Page> check) {
    List<String> stories = someSignals();
    Map<String, List<String>> pages = new LinkedHashMap<>();
    pages.put(
        TestSecrets.REVIEWER,
        List.of(
            "/",
            "/?outcome=FILLED&source=demo",
            "/?strategy=nobody",
            stories.getFirst(),
            stories.getLast(),
            "/console/positions",
            "/console/rules",
            "/audit/performance",
            "/console/audit"));
    pages.put(
        TestSecrets.OPERATOR,
        List.of("/console/positions", "/console/rules", "/console/operations"));
    pages.forEach(
        (user, paths) -> {
          Page page = browser().page(service, user, width, 740, colours);
          for (String path : paths) {
            goTo(page, path);
            page.keyboard().press("Tab");
            assertThat(page.locator(":focus")).hasText("Skip to content");
            holdStill(page);
            PageChecks.unfold(page);
            check.accept(path, page);
          }
        });
    browser().endPages();
  }

  private static void holdStill(Page page) {
    Locator live = page.locator("#live-button:visible");
    if (live.count() > 0) {
      live.click();
      assertThat(page.locator("#live-status")).hasText("paused");
    }
  }

  /** One that was filled and is protected, one that rests, one refused; with long names. */
  private List<String> someSignals() {
    if (stories.isEmpty()) {
      String filled =
          ended(
              "FILLED",
              () ->
                  Payload.limit("BUY", holding, ASK, "0.002")
                      .with("/data/stopLoss", "66000.0")
                      .with("/data/reasoning", "long".repeat(100)));
      ended("OPEN", () -> Payload.limit("BUY", resting, "60000.0", "0.001"));
      String refused = ended("REJECTED", () -> Payload.limit("BUY", longStrategy(), ASK, "100"));
      stories.add("/audit/signals/" + filled);
      stories.add("/audit/signals/" + refused);
    }
    return stories;
  }

  private static String longStrategy() {
    return freshStrategy() + "W".repeat(49);
  }
}
