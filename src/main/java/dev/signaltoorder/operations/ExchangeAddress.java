package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.KrakenConfig;
import dev.signaltoorder.kraken.KrakenSettings;
import dev.signaltoorder.kraken.RestUrl;
import dev.signaltoorder.trading.TradingConfig;
import jakarta.inject.Singleton;
import java.net.URI;

/** Paper mode talks to the simulated exchange, the others to the configured Kraken. */
@Singleton
class ExchangeAddress implements RestUrl {
  private final TradingConfig trading;
  private final KrakenConfig kraken;
  private final PaperExchange paper;

  ExchangeAddress(TradingConfig trading, KrakenConfig kraken, PaperExchange paper) {
    this.trading = trading;
    this.kraken = kraken;
    this.paper = paper;
  }

  @Override
  public URI get() {
    return trading.mode().strip().equals("paper")
        ? paper.address()
        : KrakenSettings.of(kraken).restUrl();
  }
}
