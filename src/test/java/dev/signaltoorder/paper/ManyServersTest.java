package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

/**
 * A server may end at any moment, with work of its own still waiting; the next one on the same
 * Vert.x serves all the same.
 */
class ManyServersTest extends PaperExchangeFixture {

  @RepeatedTest(200)
  void theNextServerServesHoweverTheOneBeforeItEnded() throws Exception {
    try (TestSocket socket = new TestSocket(PaperExchangeServer.publicSocket(url))) {
      socket.subscribe("'channel':'ticker','symbol':['BTC/USD']");

      assertThat(socket.next("ticker", "snapshot").path("data").size()).isEqualTo(1);
    }
  }
}
