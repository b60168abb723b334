package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bodies recorded by others, in ../shared (skipped where that folder is absent)")
class FixtureTest {

  private static final Path FOLDER = Path.of("../shared/fixtures/kraken");

  private static CallRecord recorded(String file) throws IOException {
    assumeTrue(Files.exists(FOLDER), "../shared is absent");
    return Calls.answered(Files.readString(FOLDER.resolve(file)));
  }

  private static <T> T value(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<T>) answer).value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ccxt/openOrders_take_profit.json",
        "xchange/trading__example-openorders-data.json",
        "kraken-net/Endpoints__Spot__Trading__GetOpenOrders.json",
        "kraken-net/JsonResponses__SpotTrading__GetOpenOrdersAsync.json"
      })
  void openOrdersAreRead(String file) throws IOException {
    assertThat(value(Answers.of(recorded(file), Results::openOrders))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kraken-net/Endpoints__Spot__Trading__GetClosedOrders.json",
        "kraken-net/JsonResponses__SpotTrading__GetClosedOrdersAsync.json"
      })
  void closedOrdersAreRead(String file) throws IOException {
    assertThat(value(Answers.of(recorded(file), Results::closedOrders))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ccxt/queryOrders_closed_market.json",
        "ccxt/queryOrders_open_limit_post.json",
        "kraken-net/Endpoints__Spot__Trading__GetOrders.json",
        "kraken-net/Endpoints__Spot__Trading__GetOrders2.json"
      })
  void queriedOrdersAreRead(String file) throws IOException {
    assertThat(value(Answers.of(recorded(file), Results::orders))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ccxt/createOrder_market_buy.json", "docs/addOrder.json"})
  void placedOrdersAreRead(String file) throws IOException {
    assertThat(AddOrderReading.of(recorded(file), false))
        .isInstanceOf(AddOrderVerdict.Placed.class);
  }

  @Test
  void balancesAndTheRestAreRead() throws IOException {
    Map<String, AssetBalance> balances =
        value(
            Answers.of(
                recorded("kraken-net/Endpoints__Spot__Account__GetAvailableBalances.json"),
                Results::balances));
    assertThat(balances.get("ZUSD"))
        .isEqualTo(new AssetBalance(new BigDecimal("25435.21"), new BigDecimal("8249.76")));
    assertThat(
            value(
                Answers.of(
                    recorded("kraken-net/Endpoints__Spot__Account__GetTradeBalance.json"),
                    Results::equivalentBalance)))
        .isEqualByComparingTo("1101.3425");
    assertThat(
            value(
                Answers.of(
                    recorded("kraken-net/Endpoints__Spot__Trading__CancelOrder.json"),
                    Results::cancelCount)))
        .isEqualTo(1);
    assertThat(value(Answers.of(recorded("docs/systemStatus.json"), Results::systemStatus)))
        .isEqualTo(new SystemStatus("online"));
  }

  @Test
  void everyReportedErrorIsReadAndKnown() throws IOException {
    assumeTrue(Files.exists(FOLDER), "../shared is absent");
    JsonNode entries =
        new ObjectMapper().readTree(FOLDER.resolve("errors/error-bodies.json").toFile());
    assertThat(entries).isNotEmpty();
    for (JsonNode entry : entries) {
      String text = entry.path("body").path("error").get(0).asText();

      assertThat(KrakenErrors.of(text).prefix()).as(text).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/getApiKeyInfo.json",
        "kraken-net/Endpoints__Spot__Account__GetApiKeyInfo.json"
      })
  void keyInformationIsReadInBothSpellings(String file) throws IOException {
    CallOutcome redacted = KeyInfoBody.redact(recorded(file).outcome());

    KeyInfo info = value(Answers.of(Calls.ended(redacted), KeyInfoBody::read));

    assertThat(info.permissions()).contains("withdraw-funds", "modify-trades");
    assertThat(info.addressRestricted()).isFalse();
  }
}
