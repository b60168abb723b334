package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The npm package ccxt trades on the simulated Kraken. Skipped where Node or npm's registry is
 * absent.
 */
class CcxtTest extends PaperExchangeFixture {

  private static final String CCXT = "ccxt@4.5.84";
  private static final long INSTALL_MINUTES_MAX = 5;
  private static final long RUN_MINUTES_MAX = 3;

  private record Ended(int status, String output) {}

  @Test
  void ccxtLoadsMarketsTradesCancelsAndReadsItsAccount() throws Exception {
    Path home = Path.of("target", "ccxt").toAbsolutePath();
    assumeTrue(hasProgram("node") && hasProgram("npm"), "Node and npm are not on this machine");
    assumeTrue(isInstalled(home), CCXT + " could not be had from npm's registry");
    PaperAccount account = server.createAccount("ccxt");
    ProcessBuilder node =
        new ProcessBuilder("node", Path.of("src/test/node/ccxt-check.mjs").toString());
    node.environment()
        .putAll(
            Map.of(
                "CCXT_HOME", home.toString(),
                "EXCHANGE_URL", url.toString(),
                "EXCHANGE_KEY", account.apiKey(),
                "EXCHANGE_SECRET", account.apiSecret()));

    Ended ended = run(node, RUN_MINUTES_MAX);

    assertThat(ended.status()).as(ended.output()).isZero();
    JsonNode seen = new ObjectMapper().readTree(ended.output());
    assertThat(seen.path("symbols").toString()).contains("BTC/USD", "ETH/BTC", "DOGE/USD");
    assertThat(seen.path("minimum").asDouble()).isEqualTo(0.00005);
    assertThat(seen.path("ticker").path("bid").asDouble()).isEqualTo(50_000.0);
    assertThat(seen.path("ticker").path("ask").asDouble()).isEqualTo(50_001.0);
    assertThat(seen.path("book").asInt()).isEqualTo(10);
    assertThat(seen.path("marketOrder").path("status").asText()).isEqualTo("closed");
    assertThat(seen.path("marketOrder").path("filled").asDouble()).isEqualTo(0.01);
    assertThat(seen.path("marketOrder").path("average").asDouble()).isEqualTo(50_001.0);
    assertThat(seen.path("openOrders").toString()).contains(seen.path("limitId").asText());
    assertThat(seen.path("stopOrder").path("status").asText()).isEqualTo("open");
    assertThat(seen.path("canceled").asText()).isEqualTo("canceled");
    assertThat(seen.path("closedOrders").toString())
        .contains(seen.path("marketOrder").path("id").asText());
    assertThat(seen.path("trades").toString())
        .contains(seen.path("marketOrder").path("id").asText());
    assertThat(seen.path("publicTrades").asInt()).isPositive();
    assertThat(seen.path("balanceBefore").path("BTC").asDouble()).isEqualTo(1.0);
    assertThat(seen.path("balanceAfter").path("BTC").asDouble()).isEqualTo(1.01);
    assertThat(seen.path("balanceAfter").path("USD").asDouble()).isLessThan(9_500.0);
    assertThat(seen.path("refusal").asText()).isEqualTo("InsufficientFunds");
  }

  private static boolean hasProgram(String name) throws InterruptedException {
    try {
      return run(new ProcessBuilder(name, "--version"), 1).status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Without its scripts: it needs none. */
  private static boolean isInstalled(Path home) throws IOException, InterruptedException {
    if (Files.exists(home.resolve("node_modules/ccxt/package.json"))) {
      return true;
    }
    Files.createDirectories(home);
    ProcessBuilder npm =
        new ProcessBuilder(
            "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", CCXT);
    return run(npm.directory(home.toFile()), INSTALL_MINUTES_MAX).status() == 0;
  }

  private static Ended run(ProcessBuilder program, long minutes)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("ccxt", ".txt");
    try {
      Process process = program.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Ended(
            -1, "not over within " + minutes + " minutes: " + Files.readString(output));
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
