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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Makes the pictures of docs/console.md, from made-up signals, and for whoever works on the console
 * every page from top to bottom, on a desk and a phone, in light and dark. Its name keeps it out of
 * every usual run; docs/console.md has the command.
 */
@QuarkusTest
@TestProfile(ConsoleScreenshots.PicturesProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class ConsoleScreenshots extends RunningService {
  private static final Path IMAGES = Path.of("docs/images");
  private static final Path WHOLE = Path.of("target/pictures");
  private static final int BYTES_MAX = 150_000;
  private static final int WIDTH = 1240;
  private static final int HEIGHT = 820;

  @TestHTTPResource("/")
  URI service;

  private String story = "";
  private String refused = "";

  /** An account and limits as somebody might have them. */
  public static class PicturesProfile extends RoomyProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.remove("signal-to-order.accounts." + ACCOUNT + ".tier");
      settings.put("signal-to-order.accounts.main.tier", "pro");
      settings.put("signal-to-order.paper.balances.ZUSD", "25000");
      settings.put("signal-to-order.paper.balances.XXBT", "0.25");
      Map.of(
              "max-order-notional.limit", "5000",
              "daily-notional.limit", "50000",
              "position-limit.limit", "5000",
              "open-orders.count", "10",
              "open-orders.notional", "5000",
              "unknown-orders.count", "3",
              "daily-loss.limit.USD", "500",
              "drawdown.limit.USD", "1000",
              "message-throttle.per-minute", "60",
              "message-throttle.per-hour", "300")
          .forEach((name, value) -> settings.put("signal-to-order.rules.override." + name, value));
      settings.put("signal-to-order.rules.override.message-throttle.per-day", "1000");
      return settings;
    }
  }

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
      everythingFromTopToBottom(browser);
      operator().post("/operations/halt", Map.of("scope", "ALL", "reason", "Kraken answers oddly"));
      whole(browser, TestSecrets.OPERATOR, "/console/operations", "operations-halted");
      browser.endPages();
    } finally {
      exchange().faults().clear();
    }
  }

  private void everythingFromTopToBottom(Browser browser) throws IOException {
    whole(browser, TestSecrets.REVIEWER, "/", "signals");
    whole(browser, TestSecrets.REVIEWER, "/?strategy=nobody", "signals-none");
    whole(browser, TestSecrets.REVIEWER, "/audit/signals/" + story, "story");
    whole(browser, TestSecrets.REVIEWER, "/audit/signals/" + refused, "story-refused");
    whole(browser, TestSecrets.REVIEWER, "/console/positions", "positions");
    whole(browser, TestSecrets.REVIEWER, "/console/rules", "rules-read");
    whole(browser, TestSecrets.OPERATOR, "/console/rules", "rules");
    whole(browser, TestSecrets.REVIEWER, "/audit/performance", "performance");
    whole(browser, TestSecrets.REVIEWER, "/console/audit", "audit");
    whole(browser, TestSecrets.OPERATOR, "/console/operations", "operations");
  }

  private void whole(Browser browser, String user, String path, String name) throws IOException {
    Files.createDirectories(WHOLE);
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(WIDTH, 390)) {
        Page page = browser.page(service, user, width, HEIGHT, colours);
        page.navigate(path);
        page.waitForTimeout(300);
        Path file = WHOLE.resolve("%s-%d-%s.png".formatted(name, width, colours));
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        page.close();
      }
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
    int[] moves = {1_240, 820, -410, 1_580, -250, 1_110};
    for (int i = 0; i < moves.length; i++) {
      int price = 65_400 + 190 * i;
      trade("BUY", price, price + 8);
      trade("SELL", price + moves[i], price + moves[i] - 6);
    }
    exchange().setPrice("BTC/USD", BID, ASK);
    filled(Payload.limit("BUY", "eth-trend-1d", "3500.01", "0.80").with("/data/pair", "ETH/USD"));
    story = filled(protectedBuy("btc-breakout-4h", "0.0125"));
    filled(protectedBuy("btc-dip-1h", "0.0040"));
    open(Payload.limit("BUY", "btc-dip-1h", "65500.0", "0.0060"));
    open(Payload.limit("BUY", "eth-trend-1d", "3420.00", "0.40").with("/data/pair", "ETH/USD"));
    refused = accepted(demo().send(Payload.limit("BUY", "btc-breakout-4h", ASK, "2.5")));
    accepted(
        demo()
            .send(Payload.limit("BUY", "doge-moon", "0.18", "900").with("/data/pair", "DOGE/USD")));
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

  private void trade(String action, int price, int limit) {
    exchange().setPrice("BTC/USD", price + ".0", price + 3 + ".0");
    filled(Payload.limit(action, "btc-swing-4h", limit + ".0", "0.03"));
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
