package dev.signaltoorder.signal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated trading signal in canonical form, whatever its sender's payload looked like. Prices
 * are in quote currency per base unit, exact as sent.
 *
 * @param source name of the configured source that sent it
 * @param senderSignalId the sender's own id for the signal, or null
 * @param strategy the sender's strategy name, never blank
 * @param pair the pair as sent, after the source's quote mapping ("BTC/USD", "XBTUSD", ...); not
 *     yet resolved
 * @param action what is asked for
 * @param orderType null: the rule set's default
 * @param limitPrice positive, or null
 * @param entryZone or null
 * @param stopLoss positive, or null
 * @param takeProfits possibly empty
 * @param size null: the rule set's default size
 * @param confidence in [0, 1], or null
 * @param timeframe free text, or null
 * @param riskLevel free text, or null
 * @param reasoning free text, or null
 * @param sequence the sender's sequence number, or null
 * @param eventTime when the sender says the signal arose, UTC, microseconds
 * @param expiresAt after this instant it must not be traded, or null
 */
public record Signal(
    String source,
    @Nullable String senderSignalId,
    String strategy,
    String pair,
    Action action,
    @Nullable OrderType orderType,
    @Nullable BigDecimal limitPrice,
    @Nullable EntryZone entryZone,
    @Nullable BigDecimal stopLoss,
    List<TakeProfit> takeProfits,
    @Nullable SignalSize size,
    @Nullable BigDecimal confidence,
    @Nullable String timeframe,
    @Nullable String riskLevel,
    @Nullable String reasoning,
    @Nullable Long sequence,
    Instant eventTime,
    @Nullable Instant expiresAt) {

  public Signal {
    takeProfits = List.copyOf(takeProfits);
  }
}
