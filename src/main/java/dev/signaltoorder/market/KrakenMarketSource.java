package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.KrakenPublicClient;
import dev.signaltoorder.kraken.SystemStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Market data from Kraken's public REST interface. */
@ApplicationScoped
class KrakenMarketSource implements MarketSource {
  private final KrakenPublicClient kraken;

  KrakenMarketSource(KrakenPublicClient kraken) {
    this.kraken = kraken;
  }

  @Override
  public Answer<JsonNode> assetPairs() {
    return kraken.assetPairs();
  }

  @Override
  public Answer<JsonNode> ticker(List<String> altnames) {
    return kraken.ticker(altnames);
  }

  @Override
  public Answer<JsonNode> depth(String altname, int count) {
    return kraken.depth(altname, count);
  }

  @Override
  public Answer<JsonNode> systemStatus() {
    return switch (kraken.systemStatus()) {
      case Answer.Success<SystemStatus> success ->
          new Answer.Success<>(
              success.call(),
              JsonNodeFactory.instance.objectNode().put("status", success.value().status()),
              success.warnings());
      case Answer.Failure<SystemStatus> failure ->
          new Answer.Failure<>(failure.call(), failure.error(), failure.fromKraken());
    };
  }
}
