package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicEndpointsTest extends PaperExchangeFixture {

  @Test
  void timeIsTheClocksInKrakensTwoForms() throws Exception {
    JsonNode result = trader.ask("/0/public/Time").required("result");

    assertThat(result.toString())
        .isEqualTo("{\"unixtime\":1795342530,\"rfc1123\":\"Sun, 22 Nov 26 10:15:30 +0000\"}");
  }

  @Test
  void systemStatusIsWhatWasSet() throws Exception {
    exchange.setSystemStatus("cancel_only");

    JsonNode result = trader.ask("/0/public/SystemStatus").required("result");

    assertThat(result.path("status").asText()).isEqualTo("cancel_only");
    assertThat(result.path("timestamp").asText()).isEqualTo("2026-11-22T10:15:30Z");
  }

  @Test
  void assetPairsNamesEveryFieldThatTradingNeeds() throws Exception {
    JsonNode pair =
        trader.ask("/0/public/AssetPairs?pair=BTC/USD").required("result").required("XXBTZUSD");

    assertThat(pair.path("altname").asText()).isEqualTo("XBTUSD");
    assertThat(pair.path("wsname").asText()).isEqualTo("XBT/USD");
    assertThat(pair.path("base").asText()).isEqualTo("XXBT");
    assertThat(pair.path("quote").asText()).isEqualTo("ZUSD");
    assertThat(pair.path("pair_decimals").isInt()).isTrue();
    assertThat(pair.path("pair_decimals").asInt()).isEqualTo(1);
    assertThat(pair.path("lot_decimals").asInt()).isEqualTo(8);
    assertThat(pair.path("cost_decimals").asInt()).isEqualTo(5);
    assertThat(pair.path("tick_size").asText()).isEqualTo("0.1");
    assertThat(pair.path("ordermin").asText()).isEqualTo("0.00005");
    assertThat(pair.path("costmin").asText()).isEqualTo("0.5");
    assertThat(pair.path("status").asText()).isEqualTo("online");
    assertThat(pair.path("fees").path(0).toString()).isEqualTo("[0,0.4]");
    assertThat(pair.path("fees_maker").path(0).toString()).isEqualTo("[0,0.25]");
  }

  @Test
  void allPairsAreListedUnderKrakensKeys() throws Exception {
    JsonNode result = trader.ask("/0/public/AssetPairs").required("result");

    List<String> keys = new ArrayList<>();
    result.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "XXBTZUSD",
            "XETHZUSD",
            "SOLUSD",
            "XXRPZUSD",
            "XDGUSD",
            "XXBTZEUR",
            "XETHXXBT",
            "XBTUSDT");
  }

  @Test
  void everyAssetOfAPairIsAnAsset() throws Exception {
    JsonNode assets = trader.ask("/0/public/Assets").required("result");

    JsonNode pairs = trader.ask("/0/public/AssetPairs").required("result");

    for (JsonNode pair : pairs) {
      assertThat(assets.has(pair.path("base").asText())).as("%s", pair).isTrue();
      assertThat(assets.has(pair.path("quote").asText())).as("%s", pair).isTrue();
    }
  }

  @Test
  void tickerShowsTheFixedPrice() throws Exception {
    JsonNode row =
        trader.ask("/0/public/Ticker?pair=XBTUSD").required("result").required("XXBTZUSD");

    assertThat(row.path("a").path(0).asText()).isEqualTo("50001.00000");
    assertThat(row.path("b").path(0).asText()).isEqualTo("50000.00000");
    assertThat(row.path("c").path(0).asText()).isEqualTo("50000.00000");
    assertThat(new BigDecimal(row.path("h").path(1).asText()))
        .isGreaterThanOrEqualTo(new BigDecimal(row.path("l").path(1).asText()));
  }

  @Test
  void tickerOfAllPairsHasABidBelowTheAsk() throws Exception {
    JsonNode rows = trader.ask("/0/public/Ticker").required("result");

    assertThat(rows).hasSize(8);
    for (JsonNode row : rows) {
      assertThat(new BigDecimal(row.path("b").path(0).asText()))
          .isLessThan(new BigDecimal(row.path("a").path(0).asText()));
    }
  }

  @Test
  void depthStartsAtTheBestPricesAndMovesAway() throws Exception {
    JsonNode book =
        trader.ask("/0/public/Depth?pair=XBTUSD&count=3").required("result").required("XXBTZUSD");

    assertThat(book.path("asks").toString())
        .isEqualTo(
            "[[\"50001.00000\",\"0.500\",1795342530],[\"50003.50000\",\"0.625\",1795342530],"
                + "[\"50006.00000\",\"0.750\",1795342530]]");
    assertThat(book.path("bids").path(1).path(0).asText()).isEqualTo("49997.50000");
  }

  @Test
  void anUnknownPairIsRefused() throws Exception {
    JsonNode answer = trader.ask("/0/public/Ticker?pair=XBTABC");

    assertThat(answer.toString()).isEqualTo("{\"error\":[\"EQuery:Unknown asset pair\"]}");
  }

  @Test
  void anUnknownMethodIsRefusedWithHttp200() throws Exception {
    HttpResponse<String> answer = trader.get("/0/public/Nonsense");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"error\":[\"EGeneral:Unknown method\"]}");
  }

  @Test
  void everyAnswerSaysWhereItsPricesComeFrom() throws Exception {
    exchange.releasePrice("BTC/USD");

    HttpResponse<String> answer = trader.get("/0/public/Time");

    assertThat(answer.headers().firstValue("X-Price-Origin"))
        .contains("simulated: random walk, seed 42");
  }

  @Test
  void aFixedPriceIsNotPassedOffAsTheWalk() throws Exception {
    HttpResponse<String> answer = trader.post("Balance");

    assertThat(answer.headers().firstValue("X-Price-Origin")).contains("simulated: fixed prices");
  }
}
