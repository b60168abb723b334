package dev.signaltoorder.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.signaltoorder.testing.Browser;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RulesInForce;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The console as people use it, in the system's Chromium. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleBrowserTest extends RunningService {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final String NONE_QUARANTINED =
      "<p data-item=\"none\">No order is quarantined.</p>";
  private static final double PATIENCE_MS = 60_000;

  private static @Nullable Browser browser;

  @TestHTTPResource("/")
  URI service;

  @BeforeAll
  static void open() {
    browser = Browser.start();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
  }

  @AfterAll
  static void close() {
    browser().close();
  }

  @AfterEach
  void nothingWentWrongAndNobodyElseWasAsked() {
    if (operator().get("/operations/status").body().contains("HALTED")) {
      operator().post("/operations/resume", Map.of("reason", "the test is over"));
    }
    browser().endPages();
  }

  private static Browser browser() {
    return java.util.Objects.requireNonNull(browser);
  }

  private Page as(String user, String path) {
    Page page = browser().page(service, user);
    page.navigate(path);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String bought(String strategy) {
    String id = accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001")));
    report().awaitOutcome(id, "FILLED");
    return id;
  }

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
    bought(strategy);
    bought(strategy);
    bought(strategy);
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

    assertThat(page.locator("table.rows tbody tr .badge")).hasText("Filled");
    page.locator("table.rows tbody td.when a").click();
    assertThat(page).hasURL(Pattern.compile(".*/audit/signals/" + signalId));
    assertThat(page.locator("h1")).hasText("Story of a signal");
    assertThat(page.locator("ol.timeline li").first()).isVisible();
    assertThat(page.locator("ol.timeline")).containsText("AddOrder");
  }

  @Test
  void theTextOfASignalStaysText() {
    String strategy = freshStrategy() + HOSTILE;
    String signalId =
        accepted(
            demo()
                .send(
                    Payload.limit("BUY", strategy, ASK, "0.001")
                        .with("/data/reasoning", HOSTILE)
                        .with("/data/stopLoss", "66000.0")));
    report().awaitOutcome(signalId, "FILLED");
    Page page = as(TestSecrets.REVIEWER, "/");

    for (String path :
        List.of("/", "/audit/signals/" + signalId, "/console/positions", "/audit/performance")) {
      page.navigate(path);
      assertThat(page.getByText(HOSTILE).first()).isVisible();
      assertThat(page.locator("img, main script")).hasCount(0);
    }
    accepted(demo().send(Payload.of("CLOSE", strategy)));
  }

  @Test
  void anOperatorHaltsAndResumes() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator halt = page.locator("section[aria-labelledby=halt]");
    Locator resume = page.locator("section[aria-labelledby=resume]");

    button(page, "Rehearse only").click();
    assertThat(halt.locator("output")).containsText("nothing was halted");
    button(page, "Halt trading").click();
    button(page, "No, go back").click();
    assertThat(halt.locator("output")).hasText("Nothing was done.");
    assertThat(page.locator("#live-region .badge").first()).hasText("Trading");

    halt.getByLabel("Reason").fill(HOSTILE);
    button(page, "Halt trading").click();
    button(page, "Yes").click();
    assertThat(halt.locator("output")).containsText("Halted.");
    assertThat(page.locator("#live-region .badge").first()).hasText("Halted");
    assertThat(page.locator("#live-region")).containsText(HOSTILE);

    resume.getByLabel("Reason").fill("seen and understood");
    button(page, "Resume trading").click();
    button(page, "Yes").click();
    assertThat(resume.locator("output")).containsText("Resumed.");
    assertThat(page.locator("#live-region .badge").first()).hasText("Trading");
  }

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

      assertThat(page.locator("section[aria-labelledby=active]")).containsText("a browser test");
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
  void everythingCanBeReachedByTheKeyboardAndFitsAPhone() {
    bought(freshStrategy());
    for (String path :
        List.of(
            "/", "/console/positions", "/console/rules", "/audit/performance", "/console/audit")) {
      Page page = browser().page(service, TestSecrets.REVIEWER, 360, 740, ColorScheme.DARK);
      page.navigate(path);
      page.keyboard().press("Tab");
      assertThat(page.locator(":focus")).hasText("Skip to content");
      Object overflow =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(overflow).as("%s is wider than a phone", path).isEqualTo(0);
    }
  }

  @Test
  void operationsAndAStoryFitAPhoneAsWell() {
    String signalId = bought(freshStrategy());
    Map<String, String> pages =
        Map.of(
            "/console/operations",
            TestSecrets.OPERATOR,
            "/audit/signals/" + signalId,
            TestSecrets.REVIEWER);
    pages.forEach(
        (path, user) -> {
          Page page = browser().page(service, user, 360, 740, ColorScheme.LIGHT);
          page.navigate(path);
          assertThat(page.locator("h1")).isVisible();
          Object overflow =
              page.evaluate(
                  "document.documentElement.scrollWidth - document.documentElement.clientWidth");
          assertThat(overflow).as("%s is wider than a phone", path).isEqualTo(0);
        });
  }

  @Test
  void anOperatorGetsNoLinksToStoriesThatAreForReviewers() {
    String strategy = freshStrategy();
    String id = accepted(demo().send(Payload.limit("BUY", strategy, "60000.0", "0.001")));
    report().awaitOutcome(id, "OPEN");
    String story = "a[href='/audit/signals/" + id + "']";

    Page reviewer = as(TestSecrets.REVIEWER, "/console/positions");
    Page operator = as(TestSecrets.OPERATOR, "/console/positions");

    assertThat(reviewer.locator(story)).isVisible();
    assertThat(operator.getByText(strategy)).isVisible();
    assertThat(operator.locator("a[href^='/audit/']")).hasCount(0);
    accepted(demo().send(Payload.of("CANCEL", strategy)));
    report().awaitOutcome(id, "CANCELED");
  }

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
    page.navigate("/?strategy=" + strategy);
    assertThat(page.locator("#live-status")).containsText("nobody told of a change");

    bought(strategy);

    assertThat(page.locator("table.rows tbody tr .badge")).hasText("Filled");
  }

  @Test
  void anOperatorRehearsesAHaltByTheKeyboardAlone() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");
    Locator focused = page.locator(":focus");

    for (int i = 0;
        i < 40 && page.locator("button:text-is('Rehearse only'):focus").count() == 0;
        i++) {
      page.keyboard().press("Tab");
    }
    assertThat(focused).hasText("Rehearse only");
    page.keyboard().press("Enter");

    assertThat(page.locator("section[aria-labelledby=halt] output"))
        .containsText("nothing was halted");
  }

  /** The answers of the server are made up: an order is quarantined only after many minutes. */
  @Test
  void quarantinedOrdersAppearByThemselvesAndWhatIsFilledInStays() {
    AtomicReference<String> orders = new AtomicReference<>("");
    Page page = browser().page(service, TestSecrets.OPERATOR);
    page.route(
        "**/console/operations",
        route -> {
          APIResponse answer = route.fetch();
          String text = answer.text();
          if (!orders.get().isEmpty()) {
            text = text.replace(NONE_QUARANTINED, orders.get());
          }
          route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(text));
        });
    page.route(
        "**/operations/settle",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("application/json")
                    .setBody("{\"accounts\":{\"roomy\":\"settled as none\"}}")));
    page.navigate("/console/operations");
    Locator list = page.locator("#settle-list");
    assertThat(list).hasText("No order is quarantined.");

    orders.set(quarantined("one"));
    Locator one = list.locator("[data-item=one]");
    one.getByLabel("Kraken's order id, or none").fill("none");
    orders.set(quarantined("one") + quarantined("two"));
    assertThat(list.locator("[data-item=two]")).isVisible();
    assertThat(one.getByLabel("Kraken's order id, or none")).hasValue("none");

    one.getByLabel("Reason").fill("not at Kraken");
    one.getByRole(AriaRole.BUTTON).click();
    button(page, "Yes").click();
    assertThat(one.locator("output")).containsText("settled as none");
    orders.set("");
    assertThat(list).containsText("No order is quarantined.");
    assertThat(list.locator("[data-item=two]")).hasCount(0);
    assertThat(one.locator("output")).containsText("settled as none");
    assertThat(one.getByRole(AriaRole.BUTTON)).isDisabled();
  }

  private static String quarantined(String name) {
    return """
    <form class="act" data-item="%s" data-method="POST" data-call="/operations/settle"
      data-confirm="Settle this order for good?" data-done="Settled">
    <label>Kraken's order id, or none <input name="txid" required></label>
    <label>Reason <input name="reason" required></label>
    <p class="actions"><button type="submit">Settle</button></p>
    <output role="status"></output>
    </form>
    """
        .formatted(name);
  }

  @Test
  void anotherSiteCannotActInTheNameOfWhoIsSignedIn() {
    Page page = as(TestSecrets.OPERATOR, "/console/operations");

    int status =
        page.request()
            .post(
                "/operations/halt",
                signedIn(TestSecrets.OPERATOR)
                    .setHeader("Origin", "https://elsewhere.example")
                    .setHeader("Content-Type", "application/json")
                    .setData("{\"scope\":\"ALL\",\"reason\":\"not yours\"}"))
            .status();

    assertThat(status).isEqualTo(403);
    assertThat(operator().get("/operations/status").body()).doesNotContain("not yours");
  }

  private static RequestOptions signedIn(String user) {
    String pair = user + ":" + TestSecrets.passwordOf(user);
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return RequestOptions.create().setHeader("Authorization", "Basic " + encoded);
  }
}
