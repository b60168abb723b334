package dev.signaltoorder.kraken;

import java.util.List;

/**
 * What one websocket connection means, without the connection: messages and time in, actions out.
 * No clock, no network, no thread of its own; so it can be tested with every fault there is.
 */
interface FeedProtocol {

  /** A connection stands. */
  List<FeedAction> opened(FeedTime now);

  /** A text message came, exactly these bytes. */
  List<FeedAction> received(byte[] raw, FeedTime now);

  /** The token that was wanted; a secret. */
  default List<FeedAction> token(String value, FeedTime now) {
    return List.of();
  }

  /** Time has passed; called about once a second. */
  List<FeedAction> tick(FeedTime now);

  /** The connection is gone, or could not be opened. */
  void closed(String reason, FeedTime now);
}
