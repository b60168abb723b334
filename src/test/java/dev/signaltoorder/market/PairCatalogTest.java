package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairCatalogTest {

  @ParameterizedTest
  @CsvSource({
    "XXBTZUSD,BTC/USD",
    "XBTUSD,BTC/USD",
    "XBT/USD,BTC/USD",
    "BTC/USD,BTC/USD",
    "BTCUSD,BTC/USD",
    "btc/usd,BTC/USD",
    "' xbtusd ',BTC/USD",
    "DOGE/EUR,DOGE/EUR",
    "dogeeur,DOGE/EUR",
    "XDGEUR,DOGE/EUR",
    "XDG/EUR,DOGE/EUR",
    "SOLUSD,SOL/USD",
    "SOL/USD,SOL/USD"
  })
  void findsAPairByEveryNameItGoesBy(String name, String symbol) {
    Resolution resolution = MarketBodies.catalog().resolve(name);

    assertThat(resolution).isInstanceOf(Resolution.Found.class);
    assertThat(((Resolution.Found) resolution).rules().symbol()).isEqualTo(symbol);
    assertThat(resolution.problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "BTC", "/", "BTC-USD", "XXBTUSD", "BTC/USDT", "XBTUSD.d"})
  void doesNotGuessAtOtherNames(String name) {
    assertThat(MarketBodies.catalog().resolve(name)).isEqualTo(new Resolution.Unknown(name));
  }

  @Test
  void readsEveryRuleExactlyWhetherItComesAsStringOrNumber() {
    PairCatalog catalog = MarketBodies.catalog();

    assertThat(catalog.tradable())
        .contains(
            new PairRules(
                "BTC/USD",
                "XBTUSD",
                "XXBTZUSD",
                "XBT/USD",
                "XXBT",
                "ZUSD",
                1,
                8,
                5,
                new BigDecimal("0.1"),
                new BigDecimal("0.0001"),
                new BigDecimal("0.5"),
                "online"));
    PairRules doge = ((Resolution.Found) catalog.resolve("DOGE/EUR")).rules();
    assertThat(doge.priceDecimals()).isEqualTo(7);
    assertThat(doge.lotDecimals()).isEqualTo(8);
    assertThat(doge.tickSize()).isEqualByComparingTo("0.0000001");
    assertThat(doge.orderMin()).isEqualByComparingTo("10");
    assertThat(doge.costMin()).isEqualByComparingTo("0.45");
  }

  @Test
  void leavesAMissingStatusOpen() {
    Resolution resolution = MarketBodies.catalog().resolve("DOGE/EUR");

    assertThat(((Resolution.Found) resolution).rules().status()).isNull();
  }

  @Test
  void understandsTheModernKeysOfTheSecondAssetVersion() {
    JsonNode result =
        MarketBodies.pairs(
            """
            "BTC/USD": {"altname": "XBTUSD", "wsname": "XBT/USD", "base": "BTC", "quote": "USD",
              "pair_decimals": 1, "lot_decimals": 8, "cost_decimals": 5, "tick_size": "0.1",
              "ordermin": "0.0001", "costmin": "0.5"}""");

    PairCatalog catalog = PairCatalog.of(result);

    assertThat(catalog.resolve("XBTUSD")).isInstanceOf(Resolution.Found.class);
    assertThat(catalog.resolve("BTC/USD")).isInstanceOf(Resolution.Found.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "altname",
        "wsname",
        "base",
        "quote",
        "pair_decimals",
        "lot_decimals",
        "cost_decimals",
        "tick_size",
        "ordermin",
        "costmin"
      })
  void willNotTradeAPairWithoutANeededField(String field) {
    JsonNode result = MarketBodies.pairs(MarketBodies.BTC_USD);
    ((ObjectNode) result.path("XXBTZUSD")).remove(field);

    PairCatalog catalog = PairCatalog.of(result);

    assertThat(catalog.resolve("XXBTZUSD"))
        .isEqualTo(new Resolution.Untradable("XXBTZUSD", field + " is missing"));
    assertThat(catalog.tradable()).isEmpty();
    assertThat(catalog.untradable()).containsEntry("XXBTZUSD", field + " is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "tick_size,\"0\",tick_size is zero",
    "tick_size,\"-0.1\",tick_size is negative",
    "tick_size,\"abc\",tick_size is malformed",
    "tick_size,\"\",tick_size is malformed",
    "tick_size,null,tick_size is missing",
    "ordermin,true,ordermin is malformed",
    "ordermin,1e300,ordermin is malformed",
    "costmin,\"1e99\",costmin is malformed",
    "pair_decimals,1.5,pair_decimals is malformed",
    "pair_decimals,-1,pair_decimals is malformed",
    "lot_decimals,99999999,lot_decimals is malformed",
    "lot_multiplier,10,lot_multiplier is not 1",
    "wsname,\"XBTUSD\",wsname is malformed",
    "altname,\"XBTUSD&x=1\",altname is malformed",
    "base,7,base is malformed",
    "status,5,status is malformed",
    "aclass_base,\"forex\",aclass_base is not currency",
  })
  void willNotTradeAPairWithAMalformedField(String field, String value, String reason) {
    JsonNode result = MarketBodies.pairs(MarketBodies.BTC_USD);
    ((ObjectNode) result.path("XXBTZUSD")).set(field, MarketBodies.json(value));

    Resolution resolution = PairCatalog.of(result).resolve("XXBTZUSD");

    assertThat(resolution).isEqualTo(new Resolution.Untradable("XXBTZUSD", reason));
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    JsonNode result = MarketBodies.pairs("\"ODDUSD\": {\"altname\": \"ODDUSD\"}");

    Resolution resolution = PairCatalog.of(result).resolve("ODDUSD");

    assertThat(resolution.problem())
        .contains("wsname is missing", "base is missing", "tick_size is missing");
  }

  @Test
  void refusesANameThatFitsTwoPairsEvenIfOneOfThemCannotBeTraded() {
    JsonNode result =
        MarketBodies.pairs(MarketBodies.BTC_USD, "\"BTCUSD\": {\"altname\": \"BTCUSD\"}");

    PairCatalog catalog = PairCatalog.of(result);

    assertThat(catalog.resolve("btcusd").problem())
        .isEqualTo("ambiguous pair btcusd: BTCUSD, XXBTZUSD");
    assertThat(catalog.resolve("XBTUSD")).isInstanceOf(Resolution.Found.class);
  }

  @Test
  void leavesOutTokenisedAssetsAndDarkPools() {
    JsonNode result =
        MarketBodies.pairs(
            MarketBodies.BTC_USD,
            MarketBodies.BTC_USD
                .replace("XXBTZUSD", "XXBTZUSD.d")
                .replace("\"XBTUSD\"", "\"XBTUSD.d\""),
            MarketBodies.SOL_USD
                .replace("SOL", "AAPLx")
                .replace("\"aclass_base\": \"currency\"", "\"aclass_base\": \"tokenized_asset\""));

    PairCatalog catalog = PairCatalog.of(result);

    assertThat(catalog.tradable()).extracting(PairRules::symbol).containsExactly("BTC/USD");
    assertThat(catalog.untradable()).isEmpty();
    assertThat(catalog.resolve("AAPLx/USD")).isInstanceOf(Resolution.Unknown.class);
    assertThat(catalog.resolve("XBT/USD")).isInstanceOf(Resolution.Found.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"x\"", "7", "{}", "{\"A\": 1, \"B\": null, \"C\": []}"})
  void makesNothingTradableOfNonsense(String result) {
    assertThat(PairCatalog.of(MarketBodies.json(result)).tradable()).isEmpty();
  }
}
