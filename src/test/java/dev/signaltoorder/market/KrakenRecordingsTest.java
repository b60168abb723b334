package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.market.SnapshotAssembly.Assembled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bodies that Kraken really sent, where they lie beside the project; skipped where they do not. */
class KrakenRecordingsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("kraken.recordings", "../shared/fixtures/kraken"));

  @Test
  void readsThePairListWithTheCurrentFields() throws IOException {
    JsonNode result = result("kraken-net/Endpoints__Spot__ExchangeData__GetSymbols.json");

    PairCatalog catalog = PairCatalog.of(result);

    assertThat(catalog.untradable()).isEmpty();
    assertThat(catalog.tradable())
        .extracting(PairRules::symbol)
        .containsExactlyInAnyOrder("ETH/BTC", "BTC/USD");
    assertThat(catalog.resolve("ETHBTC")).isInstanceOf(Resolution.Found.class);
  }

  @Test
  void tradesNoPairOfTheOldListThatLacksTickSizes() throws IOException {
    JsonNode result = result("xchange/marketdata__example-assetpairs-data.json");

    PairCatalog catalog = PairCatalog.of(result);

    assertThat(catalog.tradable()).isEmpty();
    assertThat(catalog.untradable()).hasSizeGreaterThan(50);
    assertThat(catalog.resolve("DOGE/BTC").problem()).contains("tick_size is missing");
    assertThat(catalog.resolve("XBTUSD.d")).isInstanceOf(Resolution.Unknown.class);
    assertThat(catalog.resolve("XTZ/USD")).isInstanceOf(Resolution.Untradable.class);
  }

  @Test
  void doesNotTradeADocumentationEntryWithHalfTheFields() throws IOException {
    JsonNode result = result("docs/assetPairs_assetVersion1.json");

    Resolution resolution = PairCatalog.of(result).resolve("BTC/USD");

    assertThat(resolution.problem()).contains("cost_decimals is missing", "ordermin is missing");
  }

  @Test
  void makesASnapshotOfRecordedAnswers() throws IOException {
    JsonNode pairs = result("kraken-net/Endpoints__Spot__ExchangeData__GetSymbols.json");
    JsonNode ticker = result("kraken-net/Endpoints__Spot__ExchangeData__GetTicker.json");
    JsonNode depth = result("kraken-net/Endpoints__Spot__ExchangeData__GetOrderBook.json");
    JsonNode status = result("docs/systemStatus.json");
    PairCatalog catalog = PairCatalog.of(pairs);
    PairRules pair = ((Resolution.Found) catalog.resolve("BTC/USD")).rules();

    Assembled assembled =
        SnapshotAssembly.assemble(
            new SnapshotAssembly.Parts(pair, ticker, true, depth, status, Instant.EPOCH, "kraken"),
            catalog,
            new UUID(0, 0));

    MarketSnapshot snapshot = ((Assembled.Complete) assembled).snapshot();
    assertThat(snapshot.mid()).isEqualByComparingTo("30300.05");
    assertThat(snapshot.spreadBps()).isEqualByComparingTo("0.0330");
    assertThat(snapshot.volume24h()).isEqualByComparingTo("4412.73601799");
    assertThat(snapshot.askDepth()).isEqualByComparingTo("408158.9246");
    assertThat(snapshot.bidDepth()).isEqualByComparingTo("245914.4382");
  }

  private static JsonNode result(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.isRegularFile(file), "recording absent: " + name);
    return MarketBodies.json(Files.readString(file)).path("result");
  }
}
