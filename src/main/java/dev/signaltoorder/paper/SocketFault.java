package dev.signaltoorder.paper;

import java.time.Duration;

/**
 * A way in which a websocket message goes wrong.
 *
 * @param kind what goes wrong
 * @param time how long, for {@link Kind#DELAY} and {@link Kind#SILENCE}; otherwise zero
 */
public record SocketFault(Kind kind, Duration time) {

  /** What goes wrong. */
  public enum Kind {
    /** The message is lost. */
    DROP,
    /** It comes twice. */
    DUPLICATE,
    /** It comes after the message that follows it. */
    REORDER,
    /** A book whose checksum is wrong; of other channels, half of the text. */
    CORRUPT,
    /** It comes {@code time} later; others overtake it. */
    DELAY,
    /** The connection is cut instead. */
    DISCONNECT,
    /** The connection stays open and says nothing for {@code time}; what it would say is lost. */
    SILENCE
  }

  /** A fault that takes no time. */
  public static SocketFault of(Kind kind) {
    return new SocketFault(kind, Duration.ZERO);
  }
}
