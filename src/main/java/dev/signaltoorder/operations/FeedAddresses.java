package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.KrakenConfig;
import dev.signaltoorder.kraken.KrakenFeedUrls;
import dev.signaltoorder.kraken.KrakenSettings;
import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.trading.TradingConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/**
 * Paper mode listens to the simulated exchange, the others to the configured Kraken. An address
 * that is configured as empty switches that feed off in every mode.
 */
@Singleton
class FeedAddresses implements KrakenFeedUrls {
  private final TradingConfig trading;
  private final KrakenConfig kraken;
  private final PaperExchange paper;

  FeedAddresses(TradingConfig trading, KrakenConfig kraken, PaperExchange paper) {
    this.trading = trading;
    this.kraken = kraken;
    this.paper = paper;
  }

  @Override
  public Optional<URI> publicUrl() {
    return KrakenSettings.of(kraken)
        .wsUrl()
        .map(url -> isPaper() ? PaperExchangeServer.publicSocket(paper.address()) : url);
  }

  @Override
  public Optional<URI> privateUrl() {
    return KrakenSettings.of(kraken)
        .wsAuthUrl()
        .map(url -> isPaper() ? PaperExchangeServer.privateSocket(paper.address()) : url);
  }

  private boolean isPaper() {
    return trading.mode().strip().equals("paper");
  }
}
