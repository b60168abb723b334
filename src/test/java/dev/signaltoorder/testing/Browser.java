package dev.signaltoorder.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The system's Chromium, and what must be true of every page in it: no error in its console, no
 * request to anybody but the service. To be used by one thread.
 */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final double PATIENCE_MS = 120_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

  private Browser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
  }

  /** For conditions of JUnit: without it the tests are skipped, by name. */
  public static boolean isThere() {
    return Files.isExecutable(CHROMIUM);
  }

  public static Browser start() {
    return new Browser();
  }

  /** A page in which somebody signs in when asked; null: nobody does. */
  public Page page(URI service, @Nullable String user) {
    return page(service, user, 1280, 900, ColorScheme.LIGHT);
  }

  /** Likewise, of a size in CSS pixels. */
  public Page page(URI service, @Nullable String user, int width, int height, ColorScheme colours) {
    NewContextOptions options =
        new NewContextOptions()
            .setBaseURL(service.toString())
            .setViewportSize(width, height)
            .setColorScheme(colours);
    if (user != null) {
      options.setHttpCredentials(user, TestSecrets.passwordOf(user));
    }
    BrowserContext context = chromium.newContext(options);
    contexts.add(context);
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add("console: " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("script: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(service.toString())) {
            complaints.add("request: " + request.url());
          }
        });
    return page;
  }

  /** What went wrong since the last time; asked for after every test. */
  public List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  /** Of refused calls the browser itself says so in its console: {@code "status of 409"}. */
  public void forgive(String complaint) {
    complaints.removeIf(one -> one.contains(complaint));
  }

  /** Ends all pages and holds them against what must be true of each. */
  public void endPages() {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
    assertThat(complaints()).isEmpty();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
