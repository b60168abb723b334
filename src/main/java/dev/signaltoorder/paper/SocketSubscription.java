package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One channel on one connection, for one symbol where the channel has symbols. */
interface SocketSubscription {

  String channel();

  /** "BTC/USD"; null for a channel without symbols. */
  @Nullable String symbol();

  /** The {@code result} of the acknowledgement. */
  ObjectNode acknowledged();

  /** What is sent right after the acknowledgement; maybe nothing. */
  List<ObjectNode> snapshot(Instant now);

  /**
   * What changed since this was last called, or since the snapshot.
   *
   * @param events what happened meanwhile, of all accounts, in order
   */
  List<ObjectNode> updates(List<ExchangeEvent> events, Instant now);
}
