package dev.signaltoorder.trading;

/** Ways to build the service wrongly. The simulation must notice every one of them. */
enum Breakage {
  /** Effects go out before their facts are committed. */
  SEND_BEFORE_COMMIT,
  /** The client sends an AddOrder again when no answer came. */
  RESEND_ON_TIMEOUT,
  /** A restarted process sends again what it finds intended. */
  RESEND_AFTER_RESTART,
  /** One empty look-up, at any time, is taken as proof that no order exists. */
  BELIEVE_ONE_EMPTY_READ,
  /** Orders carry no deadline: Kraken takes them whenever they arrive. */
  IGNORE_DEADLINE,
  /** A halt is answered, but does not close the gate. */
  LEAVE_GATE_OPEN,
  /** The journal takes the facts of a leader that lost its lease. */
  IGNORE_FENCING,
  /** Deliveries are answered before they are committed. */
  ANSWER_BEFORE_COMMIT,
  /** That the reading key sees only a window of time is not told. */
  CONCLUDE_THOUGH_HISTORY_IS_HIDDEN,
  /** An AddOrder that was refused for its nonce is sent again. */
  RESEND_ON_INVALID_NONCE,
  /** A lockout is not told to the core: it asks on. */
  CALL_THROUGH_LOCKOUTS,
  /** What silence made us believe absent is not watched on. */
  BELIEVE_SILENCE_FOR_EVER,
  /** The first page of closed orders is taken for all of them. */
  TAKE_ONE_PAGE_FOR_ALL,
  /** Closed orders are asked for from a moment on at which the order may have been taken before. */
  ASK_ONLY_FOR_THE_LAST_MINUTE,
  /** The row of a delivery that another host left is deleted before its facts are committed. */
  TAKE_ROW_BEFORE_FACTS,
  /** That a stop was changed is believed without an answer of the exchange. */
  BELIEVE_CHANGES_UNSEEN,
  /** A sell goes out though the stop still holds its coins. */
  SELL_WITHOUT_ROOM,
  /** Each change of a stop moves its trigger a little lower. */
  LOWER_STOPS,
  /** A sell whose stop has let go waits for the answers to further questions. */
  ASK_AGAIN_BEFORE_SELLING,
  /** A halt of entries lets sells of more than their strategy holds go out. */
  LET_ALL_SELLS_THROUGH
}
