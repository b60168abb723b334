package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Signals and their stories as people read them. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleBrowserTest extends ConsoleInBrowser {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  @Test
  void eachRoleHasItsPages() {
    Page reviewer = as(TestSecrets.REVIEWER, "/");
    Page operator = as(TestSecrets.OPERATOR, "/console/operations");

    assertThat(reviewer.locator(".sections a"))
        .hasText(new String[] {"Signals", "Positions", "Rules", "Performance", "Audit"});
    assertThat(operator.locator(".sections a"))
        .hasText(new String[] {"Positions", "Rules", "Operations"});
    for (Page page : List.of(reviewer, operator)) {
      for (String name : page.locator(".sections a").allTextContents()) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
            .click();
        assertThat(page.locator(".sections a[aria-current=page]")).hasText(name);
        assertThat(page.locator("h1")).containsText(name);
      }
    }
    assertThat(button(as(TestSecrets.REVIEWER, "/console/rules"), "Activate these rules"))
        .hasCount(0);
  }

  @Test
  void nobodyComesInWithoutSigningIn() {
    Page page = browser().page(service, null);

    int status = page.request().get("/").status();
    int wrongRole =
        page.request().get("/console/operations", signedIn(TestSecrets.REVIEWER)).status();

    assertThat(status).isEqualTo(401);
    assertThat(wrongRole).isEqualTo(403);
  }

  @Test
  void filtersLiveInTheAddressAndPagesFollowEachOther() {
    String strategy = freshStrategy();
    // Signals that are never refused, and so never sent again.
    for (int i = 0; i < 3; i++) {
      report().awaitOutcome(accepted(demo().send(Payload.of("CANCEL", strategy))), "DONE");
    }
    Page page = as(TestSecrets.REVIEWER, "/");

    page.locator("details.filters summary").click();
    page.getByLabel("Strategy").fill(strategy);
    page.getByLabel("Rows per page").fill("2");
    button(page, "Apply").click();

    assertThat(page).hasURL(Pattern.compile(".*strategy=" + strategy + ".*"));
    assertThat(page.locator("table.rows tbody tr")).hasCount(2);
    page.getByText("Older").click();
    assertThat(page.locator("table.rows tbody tr")).hasCount(1);
    page.getByText("Newest", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("table.rows tbody tr")).hasCount(2);
  }

  @Test
  void aNewSignalAppearsByItselfAndItsStoryIsOneClickAway() {
    String strategy = freshStrategy();
    Page page = as(TestSecrets.REVIEWER, "/?strategy=" + strategy);
    assertThat(page.locator(".empty")).hasText("No signal matches these filters.");

    String signalId = bought(strategy);

    // The newest, where a slow machine refused one before.
    assertThat(page.locator("table.rows tbody tr .badge").first()).hasText("Filled");
    page.locator("table.rows tbody td.when a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/audit/signals/" + signalId));
    assertThat(page.locator("h1")).hasText("Story of a signal");
    assertThat(page.locator("ol.timeline li").first()).isVisible();
    assertThat(page.locator("ol.timeline")).containsText("AddOrder");
  }

  @Test
  void theTextOfASignalStaysText() {
    String strategy = freshStrategy() + HOSTILE;
    String signalId =
        ended(
            "FILLED",
            () ->
                Payload.limit("BUY", strategy, ASK, "0.001")
                    .with("/data/reasoning", HOSTILE)
                    .with("/data/stopLoss", "66000.0"));
    Page page = as(TestSecrets.REVIEWER, "/");

    for (String path :
        List.of("/", "/audit/signals/" + signalId, "/console/positions", "/audit/performance")) {
      goTo(page, path);
      assertThat(page.getByText(HOSTILE).first()).isVisible();
      assertThat(page.locator("img, main script")).hasCount(0);
    }
    ended("FILLED", () -> Payload.of("CLOSE", strategy));
  }

  @Test
  void anOperatorGetsNoLinksToStoriesThatAreForReviewers() {
    String strategy = freshStrategy();
    String id = ended("OPEN", () -> Payload.limit("BUY", strategy, "60000.0", "0.001"));
    String story = "a[href='/audit/signals/" + id + "']";

    Page reviewer = as(TestSecrets.REVIEWER, "/console/positions");
    Page operator = as(TestSecrets.OPERATOR, "/console/positions");

    assertThat(reviewer.locator(story)).isVisible();
    assertThat(operator.getByText(strategy)).isVisible();
    assertThat(operator.locator("a[href^='/audit/']")).hasCount(0);
    accepted(demo().send(Payload.of("CANCEL", strategy)));
    report().awaitOutcome(id, "CANCELED");
  }

  /** Every request of the script is refused unless the server has just told of a change. */
  @Test
  void theListIsToldOfChangesWherePollingIsImpossible() {
    String strategy = freshStrategy();
    Page page = browser().page(service, TestSecrets.REVIEWER);
    page.addInitScript(
        """
        let told = 0;
        let used = 0;
        const Real = EventSource;
        window.EventSource = class extends Real {
          constructor(address) {
            super(address);
            this.addEventListener("changed", () => told++);
          }
        };
        const real = window.fetch;
        window.fetch = (...asked) => {
          if (told === used) {
            return Promise.reject(new Error("nobody told of a change"));
          }
          used = told;
          return real(...asked);
        };
        """);
    goTo(page, "/?strategy=" + strategy);
    // Either of the first look at the journals or that there was no news.
    assertThat(page.locator("#live-status")).not().isEmpty();

    bought(strategy);

    assertThat(page.locator("table.rows tbody tr .badge").first()).hasText("Filled");
  }

  @Test
  void errorsAndRequestsElsewhereDoNotGoUnnoticed() {
    Page page = as(TestSecrets.REVIEWER, "/");

    page.evaluate("console.error('something broke')");
    page.evaluate("new Image().src = 'https://elsewhere.example/pixel.png'");
    assertThatThrownBy(() -> page.navigate("http://127.0.0.1:1/"))
        .isInstanceOf(PlaywrightException.class);

    assertThat(browser().complaints())
        .anyMatch(one -> one.startsWith("console: something broke"))
        .anyMatch(one -> one.contains("Content Security Policy"))
        .anyMatch(one -> one.equals("request: http://127.0.0.1:1/"));
  }

  private static RequestOptions signedIn(String user) {
    String pair = user + ":" + TestSecrets.passwordOf(user);
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return RequestOptions.create().setHeader("Authorization", "Basic " + encoded);
  }
}
