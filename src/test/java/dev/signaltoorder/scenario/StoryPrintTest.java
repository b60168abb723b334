package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.signaltoorder.testing.Browser;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The story of a signal on paper: one page, with everything on it. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
@EnabledIf(
    value = "dev.signaltoorder.testing.Browser#isThere",
    disabledReason = "no Chromium at /usr/bin/chromium")
class StoryPrintTest extends RunningService {
  /** The pages themselves are written as plain objects, not their content. */
  private static final Pattern PAGE_OF_A_PDF = Pattern.compile("/Type\\s*/Page\\b");

  /** A4 less its margins, in CSS pixels: 210 mm less 2 × 8 mm. */
  private static final int PRINTED_WIDTH = 733;

  /** Elements whose content goes beyond them or beyond the paper. */
  private static final String CUT_OFF =
      """
      () => [...document.querySelectorAll('body *')]
        .filter(e => e.getClientRects().length > 0 && !e.closest('svg'))
        .filter(e => {
          const style = getComputedStyle(e);
          const hides = style.overflowX !== 'visible' || style.textOverflow === 'ellipsis';
          return e.getBoundingClientRect().right > innerWidth + 1
            || hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
        })
        .map(e => e.tagName + ' ' + e.className + ': ' + e.textContent.slice(0, 60))
      """;

  @TestHTTPResource("/")
  URI service;

  @Test
  void aFilledSignalsStoryIsOnePageAndAllOfItIsThere() throws Exception {
    printed(filled(), "FILLED");
  }

  @Test
  void aRejectedSignalsStoryIsOnePageToo() throws Exception {
    printed(ended("REJECTED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.2")), "REJECTED");
  }

  private void printed(String signalId, String name) throws Exception {
    try (Browser browser = Browser.start()) {
      Page page = browser.page(service, TestSecrets.REVIEWER);
      page.navigate("/audit/signals/" + signalId);
      Files.writeString(Path.of("target/story-" + name + ".html"), page.content());
      String onScreen = page.locator(".event .headline").allInnerTexts().toString();
      int rules = page.locator("table.rows tbody tr").count();
      for (String paper : List.of("A4", "Letter")) {
        byte[] pdf = page.pdf(new Page.PdfOptions().setFormat(paper));
        Files.write(Path.of("target/story-" + name + "-" + paper + ".pdf"), pdf);
        assertThat(PAGE_OF_A_PDF.matcher(new String(pdf, StandardCharsets.ISO_8859_1)).results())
            .as("pages of target/story-%s-%s.pdf", name, paper)
            .hasSize(1);
      }

      page.setViewportSize(PRINTED_WIDTH, 1_000);
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.locator(".event .headline").allInnerTexts().toString()).isEqualTo(onScreen);
      assertThat(page.locator("table.rows tbody tr").all()).hasSize(rules);
      assertThat(page.locator("table.rows tbody tr").all()).allMatch(row -> row.isVisible());
      assertThat((List<?>) page.evaluate(CUT_OFF)).isEmpty();
      browser.endPages();
    }
  }
}
