package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kraken's guide "Book checksum (WebSocket v2)". */
class WsBookTest {

  static final FeedInstrument BTC =
      new FeedInstrument(
          "BTC/USD", "online", 1, 8, new BigDecimal("0.1"), new BigDecimal("0.00005"));

  /** The guide's example; its checksum is 3310070434. */
  private static final String EXAMPLE =
      """
      {"symbol":"BTC/USD",
       "bids":[{"price":45283.5,"qty":0.10000000},{"price":45283.4,"qty":1.54582015},
               {"price":45282.1,"qty":0.10000000},{"price":45281.0,"qty":0.10000000},
               {"price":45280.3,"qty":1.54592586},{"price":45279.0,"qty":0.07990000},
               {"price":45277.6,"qty":0.03310103},{"price":45277.5,"qty":0.30000000},
               {"price":45277.3,"qty":1.54602737},{"price":45276.6,"qty":0.15445238}],
       "asks":[{"price":45285.2,"qty":0.00100000},{"price":45286.4,"qty":1.54571953},
               {"price":45286.6,"qty":1.54571109},{"price":45289.6,"qty":1.54560911},
               {"price":45290.2,"qty":0.15890660},{"price":45291.8,"qty":1.54553491},
               {"price":45294.7,"qty":0.04454749},{"price":45296.1,"qty":0.35380000},
               {"price":45297.5,"qty":0.09945542},{"price":45299.5,"qty":0.18772827}],
       "checksum":3310070434}
      """;

  private final WsBook book = new WsBook(10, BTC);

  private static JsonNode json(String text) throws UnreadableAnswerException {
    return KrakenJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theGuidesExampleHasTheGuidesChecksum() throws Exception {
    book.apply(json(EXAMPLE));

    assertThat(book.checksum()).isEqualTo(3310070434L);
    assertThat(book.isSound()).isTrue();
  }

  @Test
  void zerosThatASenderLeavesOutDoNotMatter() throws Exception {
    book.apply(json(EXAMPLE.replace("45281.0", "45281").replace("0.10000000", "0.1")));

    assertThat(book.checksum()).isEqualTo(3310070434L);
  }

  @Test
  void levelsBeyondTheTenthDoNotCount() throws Exception {
    WsBook deep = new WsBook(25, BTC);
    deep.apply(json(EXAMPLE));

    deep.apply(json("{\"bids\":[{\"price\":45000.0,\"qty\":5}],\"asks\":[]}"));

    assertThat(deep.checksum()).isEqualTo(3310070434L);
    assertThat(deep.bids()).hasSize(11);
  }

  @Test
  void aVolumeOfZeroTakesTheLevelOut() throws Exception {
    book.apply(json(EXAMPLE));

    book.apply(json("{\"asks\":[{\"price\":45285.2,\"qty\":0}]}"));

    assertThat(book.asks().getFirst().price()).isEqualByComparingTo("45286.4");
    assertThat(book.asks()).hasSize(9);
  }

  @Test
  void aBookKeepsItsDepth() throws Exception {
    book.apply(json(EXAMPLE));

    book.apply(json("{\"bids\":[{\"price\":45284.0,\"qty\":1}]}"));

    assertThat(book.bids()).hasSize(10);
    assertThat(book.bids().getFirst().price()).isEqualByComparingTo("45284.0");
    assertThat(book.bids().getLast().price()).isEqualByComparingTo("45277.3");
  }

  @Test
  void aBookWhoseBuyersPayMoreThanItsSellersAskIsNotSound() throws Exception {
    book.apply(json(EXAMPLE));

    book.apply(json("{\"bids\":[{\"price\":45290.0,\"qty\":1}]}"));

    assertThat(book.isSound()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"bids\":{}}",
        "{\"bids\":[1]}",
        "{\"bids\":[{\"price\":1.0}]}",
        "{\"bids\":[{\"price\":0,\"qty\":1}]}",
        "{\"bids\":[{\"price\":-1,\"qty\":1}]}",
        "{\"bids\":[{\"price\":1.23,\"qty\":1}]}",
        "{\"bids\":[{\"price\":1.0,\"qty\":0.000000001}]}",
        "{\"bids\":[{\"price\":1e40,\"qty\":1}]}",
        "{\"bids\":[{\"price\":null,\"qty\":1}]}"
      })
  void whatIsNoLevelIsRefused(String message) {
    assertThatThrownBy(() -> book.apply(json(message)))
        .isInstanceOf(UnreadableAnswerException.class);
  }
}
