package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.Answer;
import java.util.List;

/**
 * Where market data comes from: Kraken's public endpoints. Every method blocks until the call is
 * over, may be called from several threads at once, and hands back Kraken's {@code result} as it
 * came. Implementations own time-outs and call budget.
 */
public interface MarketSource {

  /** All spot pairs (AssetPairs): response key to fields. */
  Answer<JsonNode> assetPairs();

  /**
   * Best prices and 24 hour figures (Ticker): response key to fields.
   *
   * @param altnames at least one; one unknown name makes Kraken refuse the whole call
   */
  Answer<JsonNode> ticker(List<String> altnames);

  /**
   * The order book (Depth): one response key to {@code asks} and {@code bids}.
   *
   * @param count price levels per side, 1 to 500
   */
  Answer<JsonNode> depth(String altname, int count);

  /** What the exchange allows just now (SystemStatus): {@code status} and {@code timestamp}. */
  Answer<JsonNode> systemStatus();
}
