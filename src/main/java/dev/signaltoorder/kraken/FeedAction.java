package dev.signaltoorder.kraken;

/** What a feed wants done with its connection. */
sealed interface FeedAction {

  /** Send this text. */
  record Send(String text) implements FeedAction {}

  /** Close the connection and open another, after a pause. */
  record Reconnect(String reason) implements FeedAction {}

  /** Get a token for the private channels. */
  record WantToken() implements FeedAction {}

  /**
   * Close the connection and open no other for a long while: Kraken does not let this key in.
   *
   * @param reason for the log and the status
   */
  record SwitchOff(String reason) implements FeedAction {}
}
