package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the shell does once the facts of a step are committed. */
public sealed interface Effect {

  /**
   * Send the one AddOrder of an intent.
   *
   * @param beginBefore the price it was approved at is too old after this instant: it is not sent
   *     then
   * @param leaves it is a sell that its strategy's position covers, with all its other sells: only
   *     such a one may go out while entries are halted
   */
  record SendOrder(UUID orderId, AddOrderRequest request, Instant beginBefore, boolean leaves)
      implements Effect {}

  /**
   * Look for orders that may exist: in the open orders, then in the closed ones.
   *
   * @param number of the question; comes back with the answer
   * @param orderIds which orders of ours are looked for
   */
  record LookUp(long number, List<UUID> orderIds, Search search) implements Effect {}

  /** Ask how open orders are doing; at most 50. */
  record Follow(List<String> txids) implements Effect {}

  /** Change a resting stop; may be done again. */
  record Amend(UUID orderId, String txid, BigDecimal volume, BigDecimal stop, Instant deadline)
      implements Effect {}

  /** Cancel an open order. */
  record Cancel(UUID orderId, String txid) implements Effect {}

  /**
   * Read balances, and the equity in these quote assets. {@code asOf} comes back with the answer.
   */
  record ReadBalances(long asOf, Set<String> quoteAssets) implements Effect {}

  /** Ask what the account pays for these pairs. */
  record ReadFees(List<String> altnames) implements Effect {}

  /** Set Kraken's dead man's switch; zero switches it off. */
  record CancelAllAfter(Duration timeout) implements Effect {}

  /** Ask what the keys may do. */
  record CheckKeys() implements Effect {}

  /** Get a fresh market view for a waiting signal. */
  record WantMarket(UUID signalId, String pair) implements Effect {}

  /**
   * Look at a pair's price.
   *
   * @param noOlderThan one that is known and not older will do
   */
  record WantPrice(String pair, Duration noOlderThan) implements Effect {}

  /** From now on no AddOrder (or none that buys) may begin. Closed before a halt is answered. */
  record CloseGate(String reason, boolean entriesOnly) implements Effect {}

  /** AddOrder may begin again. */
  record OpenGate() implements Effect {}

  /** Something for the log. */
  record Notice(String text) implements Effect {}

  /** Something a person must know. */
  record Alarm(String text) implements Effect {}
}
