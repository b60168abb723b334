package dev.signaltoorder.scenario;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.signaltoorder.testing.Browser;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The console in the system's Chromium, one browser per test class. After every test it is asked
 * whether any page had an error in its console or asked anybody but the service.
 */
abstract class ConsoleInBrowser extends RunningService {
  private static final double PATIENCE_MS = 120_000;

  private static final String TURNED_AWAY = "signal_to_order_reads_shed_total ";
  private static final String UNAVAILABLE = "status of 503";

  private static @Nullable Browser browser;

  private double turnedAwayBefore;

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

  @BeforeEach
  void howManyWereTurnedAway() {
    turnedAwayBefore = turnedAway();
  }

  private double turnedAway() {
    return atManagementPort()
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(TURNED_AWAY))
        .mapToDouble(line -> Double.parseDouble(line.substring(TURNED_AWAY.length())))
        .sum();
  }

  @AfterEach
  void nothingWentWrongAndNobodyElseWasAsked() {
    if (operator().get("/operations/status").body().contains("HALTED")) {
      operator().post("/operations/resume", Map.of("reason", "the test is over"));
    }
    if (turnedAway() > turnedAwayBefore) {
      // As the service does with readers while signals wait to be decided; the script asks again.
      browser().forgive(UNAVAILABLE);
    }
    browser().endPages();
  }

  protected static Browser browser() {
    return Objects.requireNonNull(browser);
  }

  /** A page as somebody sees it. */
  protected Page as(String user, String path) {
    Page page = browser().page(service, user);
    goTo(page, path);
    return page;
  }

  /** Opens a page; who is turned away because signals wait to be decided asks again. */
  protected static void goTo(Page page, String path) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              Response response = page.navigate(path);
              boolean away = response != null && response.status() == 503;
              if (away && response.text().contains("Ask again after Retry-After")) {
                browser().forgive(UNAVAILABLE);
                return false;
              }
              return true;
            });
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
    return ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.001"));
  }
}
