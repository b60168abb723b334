package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Every body in the folder has a line here that says what it means; those of websockets, of prices
 * and of calls that are never made are named with the reason.
 */
@DisplayName("Bodies recorded by others, in ../shared (skipped where that folder is absent)")
class FixtureTest {

  private static final Path FOLDER = Path.of("../shared/fixtures/kraken");

  /** Read elsewhere, or belonging to calls that this service does not make. */
  private static final Map<String, String> NOT_HERE =
      Map.ofEntries(
          Map.entry("signing-vectors.json", "RequestSignerTest"),
          Map.entry("docs/ws_instrument_pairs.json", "websocket"),
          Map.entry("docs/ws_ticker_snapshot.json", "websocket"),
          Map.entry("kraken-net/Subscriptions__Spot__Ticker.json", "websocket"),
          Map.entry("kraken-net/Socket__SpotApi__CancelAllOrders.json", "websocket"),
          Map.entry("kraken-net/Socket__SpotApi__CancelAllOrdersAfter.json", "websocket"),
          Map.entry("kraken-net/Socket__SpotApi__CancelOrders.json", "websocket"),
          Map.entry("kraken-net/Socket__SpotApi__PlaceMultipleOrders.json", "websocket"),
          Map.entry("kraken-net/Socket__SpotApi__PlaceOrder.json", "websocket"));

  private final Map<String, Executable> meanings = new TreeMap<>();

  private static CallRecord recorded(String file) throws IOException {
    return Calls.answered(Files.readString(FOLDER.resolve(file)));
  }

  private static <T> T read(String file, Answers.Reader<T> reader) throws IOException {
    Answer<T> answer = Answers.of(recorded(file), reader);
    assertThat(answer).as(file).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<T>) answer).value();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private void orders(String file, Answers.Reader<Map<String, OrderInfo>> reader, String... want) {
    meanings.put(
        file,
        () -> {
          List<String> seen = new ArrayList<>();
          read(file, reader)
              .forEach(
                  (txid, order) ->
                      seen.add(
                          txid
                              + " "
                              + order.status()
                              + " "
                              + order.volumeExecuted().toPlainString()
                              + "/"
                              + order.volume().toPlainString()
                              + " @ "
                              + order.averagePrice().toPlainString()));
          assertThat(seen).contains(want);
        });
  }

  private void placed(String file, String txid) {
    meanings.put(
        file,
        () ->
            assertThat(AddOrderReading.of(recorded(file), false))
                .isEqualTo(new AddOrderVerdict.Placed(txid)));
  }

  /** Bodies of calls that are never made: never an order of ours, never a crash. */
  private void notAnOrderOfOurs(String... files) {
    for (String file : files) {
      meanings.put(
          file,
          () ->
              assertThat(AddOrderReading.of(recorded(file), false))
                  .as("a body without exactly one id in a list proves no order")
                  .isInstanceOf(AddOrderVerdict.MaybePlaced.class));
    }
  }

  private <T> void means(String file, Answers.Reader<T> reader, T meaning) {
    meanings.put(file, () -> assertThat(read(file, reader)).isEqualTo(meaning));
  }

  private void count(int size, Answers.Reader<? extends Map<?, ?>> reader, String... files) {
    for (String file : files) {
      meanings.put(file, () -> assertThat(read(file, reader).size()).as(file).isEqualTo(size));
    }
  }

  private void objectWith(String member, String... files) {
    for (String file : files) {
      meanings.put(
          file, () -> assertThat(read(file, Results::object).has(member)).as(file).isTrue());
    }
  }

  private void whatOrdersMean() {
    String net = "kraken-net/Endpoints__Spot__Trading__";
    String old = "kraken-net/JsonResponses__SpotTrading__";
    orders(
        "ccxt/openOrders_take_profit.json",
        Results::openOrders,
        "OXCZ7B-EMVZQ-MTJTQJ open 0.00000000/0.10000000 @ 0.000000");
    orders(
        "xchange/trading__example-openorders-data.json",
        Results::openOrders,
        "O767CW-TXHCL-FWZ5R2 open 0.00000000/1000.00000000 @ 0.000000000");
    orders(
        "xchange/trading__example-openorders-in-transaction-currency-data.json",
        Results::openOrders,
        "OR6QMM-BCKM4-Q6YHIN open 0.00000000/1.00000000 @ 0.00000");
    orders(
        net + "GetOpenOrders.json",
        Results::openOrders,
        "OQCLML-BW3P3-BUCMWZ open 0.37500000/1.25000000 @ 30010.0");
    orders(
        old + "GetOpenOrdersAsync.json",
        Results::openOrders,
        "OQCLML-BW3P3-BUCMWZ open 0.37500000/1.25000000 @ 30010.0");
    orders(
        net + "GetClosedOrders.json",
        result -> Results.closedOrders(result).orders(),
        "O37652-RJWRT-IMO74O canceled 0.00000000/0.00100000 @ 0.00000");
    orders(
        old + "GetClosedOrdersAsync.json",
        result -> Results.closedOrders(result).orders(),
        "O37652-RJWRT-IMO74O canceled 0.00000000/0.00100000 @ 0.00000");
    orders(
        "ccxt/queryOrders_closed_market.json",
        result -> Results.queried(result).orders(),
        "OGMZCL-KC6MC-ZRBGM6 closed 0.10000000/0.10000000 @ 71.05741");
    orders(
        "ccxt/queryOrders_open_limit_post.json",
        result -> Results.queried(result).orders(),
        "OR6EGN-KQSEG-AMI6CL open 0.00000000/0.10000000 @ 0.000000");
    orders(
        "xchange/order__example-market-ask-order.json",
        result -> Results.queried(result).orders(),
        "OHR2QC-2XDSQ-WHOFMW closed 0.84962599/0.84962599 @ 260.23");
    orders(
        net + "GetOrders.json",
        result -> Results.queried(result).orders(),
        "OBCMZD-JIEE7-77TH3F closed 1.25000000/1.25000000 @ 27500.0");
    orders(
        net + "GetOrders2.json",
        result -> Results.queried(result).orders(),
        "OICRC3-KX7OB-QB2B2S canceled 0.00000/49.96000 @ 0.00000000");
    orders(
        old + "GetOrderAsync.json",
        result -> Results.queried(result).orders(),
        "OBCMZD-JIEE7-77TH3F closed 1.25000000/1.25000000 @ 30021.0");
    placed("ccxt/createOrder_market_buy.json", "OL7LNO-R4SAD-6UINEU");
    placed("docs/addOrder.json", "OUF4EM-FRGI2-MQMWZD");
    placed("xchange/trading__example-addorder-response-data.json", "OWQJ5O-ZWYC7-5R7POQ");
    placed("xchange/trading__example-order-data.json", "OBQHEF-4PORS-OGMG2F");
    placed(net + "PlaceOrder.json", "OUF4EM-FRGI2-MQMWZD");
    placed(old + "PlaceOrderAsync.json", "OUF4EM-FRGI2-MQMWZD");
    notAnOrderOfOurs(
        "docs/addOrderBatch.json",
        "docs/editOrder.json",
        net + "EditOrder.json",
        net + "PlaceMultipleOrders.json");
    means(net + "CancelOrder.json", Results::cancelCount, 1);
    means(old + "CancelOrderAsync.json", Results::cancelCount, 1);
    means(net + "CancelAllOrders.json", Results::cancelCount, 1);
    means(net + "CancelMultipleOrders.json", Results::cancelCount, 1);
    means("docs/cancelOrderBatch.json", Results::cancelCount, 2);
    means("xchange/trading__example-cancelorder-data.json", Results::cancelCount, 1);
    means(
        net + "CancelAllOrdersAfter.json",
        MoreResults::cancelAllTimer,
        new CancelAllTimer(
            Instant.parse("2023-03-24T17:41:56Z"), Instant.parse("2023-03-24T17:42:56Z")));
  }

  private void whatTradesMean() {
    fills("kraken-net/Endpoints__Spot__Trading__GetUserTrades.json", "THVRQM-33VKH-UCI7BS");
    fills("kraken-net/JsonResponses__SpotTrading__GetUserTradesAsync.json", "THVRQM-33VKH-UCI7BS");
    fills("xchange/trading__example-tradehistory-data.json", "TY5BYV-WJUQF-XPYEYD-1");
    fills("xchange/trading__example-tradehistory-icn.json", "TY5BYV-WJUQF-XPYEYD");
    String details = "kraken-net/%s__GetUserTradeDetails%s.json";
    count(
        2,
        MoreResults::fills,
        details.formatted("JsonResponses__SpotTrading", "Async"),
        details.formatted("Endpoints__Spot__Trading", ""));
  }

  private void fills(String file, String txid) {
    meanings.put(
        file,
        () ->
            assertThat(read(file, MoreResults::trades).fills().get(txid))
                .as(file)
                .isNotNull()
                .satisfies(fill -> assertThat(fill.cost()).isPositive()));
  }

  private void whatTheAccountMeans() {
    String net = "kraken-net/Endpoints__Spot__Account__";
    String old = "kraken-net/JsonResponses__SpotAccount__";
    meanings.put(
        net + "GetAvailableBalances.json",
        () ->
            assertThat(read(net + "GetAvailableBalances.json", Results::balances).get("ZUSD"))
                .isEqualTo(new AssetBalance(decimal("25435.21"), decimal("8249.76"))));
    count(10, MoreResults::plainBalances, net + "GetBalances.json");
    count(3, MoreResults::plainBalances, "xchange/account__example-balance-data.json");
    meanings.put(
        old + "GetBalancesAsync.json",
        () ->
            assertThat(read(old + "GetBalancesAsync.json", MoreResults::plainBalances))
                .containsEntry("XXBT", decimal("1011.1908877900")));
    means(net + "GetTradeBalance.json", Results::equivalentBalance, decimal("1101.3425"));
    means(old + "GetTradeBalanceAsync.json", Results::equivalentBalance, decimal("1101.3425"));
    meanings.put(
        "xchange/account__example-tradebalanceinfo-data.json",
        () ->
            assertThat(
                    Answers.of(
                        recorded("xchange/account__example-tradebalanceinfo-data.json"),
                        Results::equivalentBalance))
                .as("a body of 2014 without the equivalent balance: unreadable, never zero")
                .isInstanceOf(Answer.Failure.class));
    means(
        "xchange/account__example-tradevolume-data.json",
        MoreResults::feeRates,
        new FeeRates(
            "ZUSD",
            decimal("451.3040"),
            Map.of("XXBTZUSD", decimal("0.3000")),
            Map.of("XXBTZUSD", decimal("0.1600"))));
    token("docs/webSocketsToken.json", "WW91ciBhdXRoZW50aWNhdGlvbiB0b2tlbiBnb2VzIGhlcmUu");
    token("xchange/account__example-krakenWebsocketToken-data.json", "4".repeat(32));
    keyInfo("docs/getApiKeyInfo.json");
    keyInfo(net + "GetApiKeyInfo.json");
    objectWith("ledger", "xchange/account__example-ledgerinfo-data.json");
    objectWith(
        "TF5GVO-T7ZZ2-6NBKBI", net + "GetOpenPositions.json", old + "GetOpenPositionsAsync.json");
    for (String call : List.of("GetWithdrawMethods", "GetWithdrawAddresses")) {
      withdrawals(net + call + ".json");
    }
    withdrawals(net + "GetWithdrawAddressesAsync.json");
  }

  /** A clean answer to a withdrawal call means that the key may withdraw. */
  private void withdrawals(String file) {
    meanings.put(file, () -> assertThat(read(file, JsonNode::size)).as(file).isPositive());
  }

  private void token(String file, String token) {
    meanings.put(
        file,
        () -> {
          WebSocketsTokenBody body = new WebSocketsTokenBody();
          CallRecord call = Calls.ended(body.apply(recorded(file).outcome()));
          assertThat(Answers.of(call, body::read))
              .isEqualTo(
                  new Answer.Success<>(
                      call, new WebSocketsToken(token, Duration.ofMinutes(15)), List.of()));
        });
  }

  private void keyInfo(String file) {
    meanings.put(
        file,
        () -> {
          CallOutcome redacted = KeyInfoBody.redact(recorded(file).outcome());
          Answer<KeyInfo> answer = Answers.of(Calls.ended(redacted), KeyInfoBody::read);
          assertThat(answer).isInstanceOf(Answer.Success.class);
          KeyInfo info = ((Answer.Success<KeyInfo>) answer).value();
          assertThat(info.permissions()).contains("withdraw-funds", "modify-trades");
          assertThat(info.addressRestricted()).isFalse();
          assertThat(KeyCheck.judge(info, KeyRole.BOTH, Instant.EPOCH).usable()).isFalse();
        });
  }

  private void whatTheMarketMeans() {
    String net = "kraken-net/Endpoints__Spot__ExchangeData__";
    String old = "kraken-net/JsonResponses__SpotExchangeData__";
    for (String file :
        List.of(
            "docs/systemStatus.json",
            net + "GetSystemStatus.json",
            old + "GetSystemStatusAsync.json")) {
      means(file, Results::systemStatus, new SystemStatus("online"));
    }
    means(
        "xchange/marketdata__example-servertime-data.json",
        MoreResults::time,
        Instant.ofEpochSecond(1_391_835_876));
    count(3, MoreResults::assets, net + "GetAssets.json", old + "GetAssetsAsync.json");
    meanings.put(
        "xchange/marketdata__example-assets-data.json",
        () ->
            assertThat(read("xchange/marketdata__example-assets-data.json", MoreResults::assets))
                .containsEntry("ADA", new AssetInfo("ADA", 8, 6, null, null)));
    // What their numbers mean is the market package's business: market.KrakenRecordingsTest.
    objectWith(
        "XXBTZUSD",
        net + "GetOrderBook.json",
        net + "GetTicker.json",
        old + "GetOrderBookAsync.json",
        old + "GetTickerAsync.json",
        old + "GetTickersAsync.json");
    objectWith("XETHXXBT", net + "GetSymbols.json", old + "GetSymbolsAsync.json");
    objectWith("XXBTZEUR", "xchange/marketdata__example-depth-data.json");
    objectWith("ADACAD", "xchange/marketdata__example-assetpairs-data.json");
    objectWith("BTC/USD", "docs/assetPairs_assetVersion1.json");
    meanings.put(
        "xchange/marketdata__example-ticker-data.json",
        () ->
            assertThat(read("xchange/marketdata__example-ticker-data.json", Results::object))
                .isNotEmpty());
  }

  private void whatErrorsMean() {
    meanings.put(
        "errors/invalid_key_with_empty_result.json",
        () ->
            assertThat(
                    AddOrderReading.of(
                        recorded("errors/invalid_key_with_empty_result.json"), false))
                .isEqualTo(new AddOrderVerdict.NotPlaced("EAPI:Invalid key", true)));
    meanings.put(
        "errors/error-bodies.json",
        () -> {
          JsonNode entries =
              new ObjectMapper().readTree(FOLDER.resolve("errors/error-bodies.json").toFile());
          assertThat(entries).isNotEmpty();
          for (JsonNode entry : entries) {
            String text = entry.path("body").path("error").get(0).asText();
            assertThat(KrakenErrors.of(text).prefix()).as(text).isNotEmpty();
          }
        });
  }

  private void all() {
    whatOrdersMean();
    whatTradesMean();
    whatTheAccountMeans();
    whatTheMarketMeans();
    whatErrorsMean();
  }

  @TestFactory
  Stream<DynamicTest> everyBodyMeansWhatItSays() {
    assumeTrue(Files.exists(FOLDER), "../shared is absent");
    all();
    return meanings.entrySet().stream()
        .map(meaning -> DynamicTest.dynamicTest(meaning.getKey(), meaning.getValue()));
  }

  @Test
  void noBodyIsLeftOut() throws IOException {
    assumeTrue(Files.exists(FOLDER), "../shared is absent");
    all();
    TreeSet<String> known = new TreeSet<>(meanings.keySet());
    known.addAll(NOT_HERE.keySet());
    assertThat(files()).isEqualTo(known);
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> FOLDER.relativize(file).toString())
          .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
