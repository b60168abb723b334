package dev.signaltoorder.kraken;

/** Whoever wants to know of an account's orders. Called on the feed's thread: must be quick. */
public interface ExecutionListener {

  /** A message came. It may repeat others, or come out of their order. */
  void news(ExecutionNews news);

  /**
   * The feed became whole, or was lost.
   *
   * @param whole from now on nothing is missed, as far as can be known
   * @param why for the log
   */
  void changed(boolean whole, String why);
}
