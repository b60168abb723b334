package dev.signaltoorder.scenario;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.signaltoorder.testing.Browser;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * The console in the system's Chromium, one browser per test class. After every test it is asked
 * whether any page had an error in its console or asked anybody but the service.
 */
abstract class ConsoleInBrowser extends RunningService {
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

  protected static Browser browser() {
    return Objects.requireNonNull(browser);
  }

  /** A page as somebody sees it. */
  protected Page as(String user, String path) {
    Page page = browser().page(service, user);
    page.navigate(path);
    return page;
  }

  protected static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  protected static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The part of a page below a heading. */
  protected static Locator section(Page page, String id) {
    return page.locator("section[aria-labelledby=" + id + "]");
  }

  protected String bought(String strategy) {
    String id = accepted(demo().send(Payload.limit("BUY", strategy, ASK, "0.001")));
    report().awaitOutcome(id, "FILLED");
    return id;
  }
}
