package dev.signaltoorder.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The npm package axe-core: holds a page against the machine-checkable part of WCAG 2.2 AA. */
public final class AxeCore {
  private static final String PACKAGE = "axe-core@4.14.1";
  private static final long INSTALL_MINUTES_MAX = 3;
  private static final Path HOME = Path.of("target", "axe").toAbsolutePath();
  private static final Path SCRIPT = HOME.resolve("node_modules/axe-core/axe.min.js");
  private static final String RUN =
      """
      async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const found = await axe.run(document, { runOnly: tags });
        return found.violations.map(one => one.id + ': ' + one.help + ': '
          + one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '));
      }
      """;

  private final String script;

  private AxeCore(String script) {
    this.script = script;
  }

  /** Empty where npm or its registry is absent. */
  public static Optional<AxeCore> installed() throws IOException, InterruptedException {
    if (!Files.exists(SCRIPT) && !install()) {
      return Optional.empty();
    }
    return Optional.of(new AxeCore(Files.readString(SCRIPT)));
  }

  private static boolean install() throws InterruptedException, IOException {
    Files.createDirectories(HOME);
    try {
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  "--no-save",
                  PACKAGE)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
      }
    } catch (IOException e) {
      // There is no npm.
      return false;
    }
    return Files.exists(SCRIPT);
  }

  /** What is wrong with the page, each with some of the elements; the script is not the page's. */
  public List<?> violations(Page page) {
    page.evaluate(script);
    return (List<?>) page.evaluate(RUN);
  }
}
