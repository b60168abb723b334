package dev.signaltoorder.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.KrakenConfig;
import dev.signaltoorder.kraken.KrakenPublicClient;
import dev.signaltoorder.kraken.KrakenSettings;
import dev.signaltoorder.market.PairCatalog;
import dev.signaltoorder.market.Resolution;
import dev.signaltoorder.paper.PaperConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.risk.RuleCodes;
import dev.signaltoorder.trading.TradingConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * A pair that is allowed by configuration must exist at the exchange that is configured: a misspelt
 * one would only ever refuse signals. Asked only where pairs are configured and the address is
 * good; when the exchange does not answer, the start goes on, and the rules refuse what they cannot
 * see.
 */
@Singleton
class KnownPairs implements ConfigurationCheck {
  private static final Logger LOG = Logger.getLogger(KnownPairs.class);
  private static final String NAME = "signal-to-order.rules.override.allowed-pair.pairs";

  private final TradingConfig trading;
  private final KrakenConfig kraken;
  private final PaperConfigurationCheck paper;
  private final KrakenPublicClient client;

  KnownPairs(
      TradingConfig trading,
      KrakenConfig kraken,
      PaperConfigurationCheck paper,
      KrakenPublicClient client) {
    this.trading = trading;
    this.kraken = kraken;
    this.paper = paper;
    this.client = client;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    String pairs =
        trading.rules().override().getOrDefault(RuleCodes.ALLOWED_PAIR, Map.of()).get("pairs");
    if (pairs == null || pairs.isBlank() || !exchangeIsConfigured()) {
      return List.of();
    }
    if (!(client.assetPairs() instanceof Answer.Success<JsonNode> answer)) {
      LOG.warnf("%s was not checked: the exchange does not say which pairs it has", NAME);
      return List.of();
    }
    PairCatalog catalog = PairCatalog.of(answer.value());
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (String pair : pairs.split(",", -1)) {
      if (catalog.resolve(pair.strip()) instanceof Resolution.Unknown) {
        problems.add(
            new ConfigurationProblem(
                NAME, "\"" + pair.strip() + "\" is unknown", "pairs that the exchange has"));
      }
    }
    return problems;
  }

  /** Other checks say what is wrong with the address; with a wrong one there is nobody to ask. */
  private boolean exchangeIsConfigured() {
    try {
      KrakenSettings.of(kraken);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return !trading.mode().strip().equals("paper") || paper.problems().isEmpty();
  }
}
