package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.testing.Browser;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Makes the pictures of docs/console.md, from made-up signals. Its name keeps it out of every usual
 * run; docs/console.md has the command.
 */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleScreenshots extends RunningService {
  private static final Path IMAGES = Path.of("docs/images");
  private static final int BYTES_MAX = 150_000;
  private static final int WIDTH = 1240;
  private static final int HEIGHT = 820;

  @TestHTTPResource("/")
  URI service;

  private String story = "";

  @Test
  void everyPage() throws IOException {
    Files.createDirectories(IMAGES);
    someDay();
    try (Browser browser = Browser.start()) {
      shoot(browser, TestSecrets.REVIEWER, "/", "signals");
      shoot(browser, TestSecrets.REVIEWER, "/audit/signals/" + story, "story");
      shoot(browser, TestSecrets.REVIEWER, "/console/positions", "positions");
      shoot(browser, TestSecrets.OPERATOR, "/console/rules", "rules");
      shoot(browser, TestSecrets.REVIEWER, "/audit/performance", "performance");
      shoot(browser, TestSecrets.REVIEWER, "/console/audit", "audit");
      shoot(browser, TestSecrets.OPERATOR, "/console/operations", "operations");
      Page phone = browser.page(service, TestSecrets.REVIEWER, 390, 780, ColorScheme.DARK);
      phone.navigate("/");
      save(phone, "signals-phone-dark");
      browser.endPages();
    } finally {
      exchange().faults().clear();
    }
  }

  private void shoot(Browser browser, String user, String path, String name) throws IOException {
    Page page = browser.page(service, user, WIDTH, HEIGHT, ColorScheme.LIGHT);
    page.navigate(path);
    save(page, name);
  }

  private static void save(Page page, String name) throws IOException {
    page.waitForTimeout(300);
    Path file = IMAGES.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    assertThat(Files.size(file)).as("bytes of %s", file).isLessThan(BYTES_MAX);
  }

  /** Some signals of every fate. */
  private void someDay() {
    operator().post("/operations/resume", Map.of("reason", "a new day"));
    for (int i = 0; i < 14; i++) {
      int price = 66_700 + 35 * i + (i % 2 == 0 ? 0 : 310);
      exchange().setPrice("BTC/USD", price + ".0", price + 2 + i % 4 + ".0");
      String action = i % 2 == 0 ? "BUY" : "SELL";
      String limit = action.equals("BUY") ? price + 8 + ".0" : price - 6 + ".0";
      filled(Payload.limit(action, "btc-swing-4h", limit, "0.03"));
    }
    exchange().setPrice("BTC/USD", BID, ASK);
    filled(Payload.limit("BUY", "eth-trend-1d", "3500.01", "0.80").with("/data/pair", "ETH/USD"));
    story = filled(protectedBuy("btc-breakout-4h", "0.0125"));
    filled(protectedBuy("btc-dip-1h", "0.0040"));
    open(Payload.limit("BUY", "btc-dip-1h", "65500.0", "0.0060"));
    open(Payload.limit("BUY", "eth-trend-1d", "3420.00", "0.40").with("/data/pair", "ETH/USD"));
    accepted(demo().send(Payload.limit("BUY", "btc-breakout-4h", ASK, "2.5")));
    accepted(
        demo().send(Payload.limit("BUY", "doge-moon", ASK, "10").with("/data/pair", "DOGE/USD")));
    exchange().faults().next("AddOrder", 1, Fault.of(Fault.Kind.ACCEPT_THEN_RESET));
    exchange().faults().always("QueryOrders", Fault.of(Fault.Kind.UNAVAILABLE));
    exchange().faults().always("OpenOrders", Fault.of(Fault.Kind.UNAVAILABLE));
    exchange().faults().always("ClosedOrders", Fault.of(Fault.Kind.UNAVAILABLE));
    String doubtful = accepted(demo().send(Payload.limit("BUY", "btc-dip-1h", ASK, "0.0020")));
    report().awaitOutcome(doubtful, "UNKNOWN");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> operator().get("/operations/status").body().contains("PROTECTED"));
  }

  private static Payload protectedBuy(String strategy, String volume) {
    return Payload.limit("BUY", strategy, ASK, volume)
        .with("/data/stopLoss", "65800.0")
        .with("/data/confidence", "0.82")
        .with("/data/timeframe", "4h")
        .with("/data/reasoning", "Break above the range of the last two days on rising volume.");
  }

  private String filled(Payload payload) {
    String id = accepted(demo().send(payload));
    report().awaitOutcome(id, "FILLED");
    return id;
  }

  private void open(Payload payload) {
    report().awaitOutcome(accepted(demo().send(payload)), "OPEN");
  }
}
