package dev.signaltoorder.kraken;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One private call that waits for its turn.
 *
 * @param priority the lower its ordinal, the sooner
 * @param endpoint "AddOrder"
 * @param form the parameters without the nonce
 * @param restCost what it adds to Kraken's REST call counter; 0 for those that do not count
 * @param toll what it adds to Kraken's trading counters
 * @param gate asked immediately before the first byte
 * @param redaction applied to the outcome before anyone sees it
 * @param done told once, whatever happens
 */
record PrivateCall(
    Priority priority,
    String endpoint,
    FormBody form,
    int restCost,
    Toll toll,
    SendGate gate,
    UnaryOperator<CallOutcome> redaction,
    Consumer<CallRecord> done) {

  /**
   * Orders first: a signal ages, a look-up does not. Key checks before look-ups: until the keys
   * were checked nothing is traded and no look-up proves anything, so look-ups that used up the
   * call counter ahead of them would never come to an end.
   */
  enum Priority {
    ADD_ORDER(0),
    CANCEL_ORDER(0),
    AMEND_ORDER(0),
    KEY_CHECK(0),
    LOOK_UP(0),
    FOLLOW_UP(3),
    REST(5);

    private final int reserve;

    Priority(int reserve) {
      this.reserve = reserve;
    }

    /**
     * Units of the call counter that a call must leave for more urgent ones: what is asked as a
     * matter of routine slows down well before an order in doubt would have to wait.
     */
    int reserve() {
      return reserve;
    }
  }

  /** Only a call that changes nothing may ever be repeated. */
  boolean onlyReads() {
    return priority.compareTo(Priority.KEY_CHECK) >= 0;
  }
}
