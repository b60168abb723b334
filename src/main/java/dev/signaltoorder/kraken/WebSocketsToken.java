package dev.signaltoorder.kraken;

import java.time.Duration;

/**
 * Opens the private websocket. As secret as a key: never logged, never recorded.
 *
 * @param token the secret
 * @param useWithin Kraken refuses it later; a connection that has a subscription keeps it alive
 */
public record WebSocketsToken(String token, Duration useWithin) {

  @Override
  public String toString() {
    return "WebSocketsToken[useWithin=" + useWithin + "]";
  }
}
