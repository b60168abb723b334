package dev.signaltoorder.crash;

/**
 * Where the program is killed. The numbers are those of docs/proof.md; each says what was about to
 * happen.
 */
enum CrashPoint {
  C1_BEFORE_INBOX_COMMIT("delivery read, its COMMIT not yet at the database"),
  C2_BEFORE_ANSWER("delivery committed, sender not answered"),
  C3_BEFORE_DECISION("sender answered 202, signal waits for a price"),
  C4_BEFORE_DECISION_COMMIT("price read and judged, COMMIT not yet at the database"),
  C6_BEFORE_FIRST_BYTE("intent committed, not a byte sent to the exchange"),
  C7_BEFORE_ACCEPTANCE("order sent, not yet executed: executed at once, later or never"),
  C8_BEFORE_REPLY("order executed, its reply not yet at the program"),
  C9_BEFORE_OUTCOME_COMMIT("reply read, its COMMIT not yet at the database"),
  C9_AFTER_OUTCOME_COMMIT("outcome committed, the program does not know yet"),
  C10_BROKEN_REPLY("reply lost, cut, unreadable or a 502 page; killed soon after"),
  C11_DURING_LOOK_UP("orders in doubt are being looked up; twice in a row"),
  C11_DURING_START("the program starts and rebuilds; at a random moment"),
  C12_COMMIT_ACK_LOST("the answer to a COMMIT is lost with its connection"),
  C12_DATABASE_CRASH("PostgreSQL stops at once (SIGQUIT) at a random moment and comes back"),
  C12_DATABASE_CRASH_IN_COMMIT("PostgreSQL stops at once with a COMMIT on its way"),
  C13_CHECKPOINT("checkpoint signed and in its file, before or after it is in the database"),
  C14_HALTED_IN_FLIGHT("halted while an order is in flight; killed after the halt's answer"),
  C15_ROLLING_RESTART("a second process waits for the account when the first is killed"),
  C15_PAUSED_LEADER("a leader stands still after its COMMIT, is taken over, and wakes up"),
  C16_READ_ONLY_DATABASE("the database takes no writes"),
  C16_DISK_FULL("the database's disk is full"),
  C17_CLOCK_JUMP("the program's clock jumps an hour, and is right again at the next start"),
  C18_STOP_INTENDED("a stop's intent committed, not a byte sent to the exchange"),
  C18_STOP_BEFORE_ACCEPTANCE("stop sent, not yet at the exchange: taken at once, later or never"),
  C18_STOP_BEFORE_REPLY("stop rests, its reply not yet at the program"),
  C18_STOP_CHANGE_SENT("change of a stop sent, not yet made: made at once or never"),
  C18_STOP_CHANGED("stop changed, the reply not yet at the program"),
  C18_STOP_MOVE_SENT(
      "a stop follows the price: the move sent, not yet made: made at once or never"),
  C18_STOP_MOVED("a stop has followed the price, the reply not yet at the program"),
  ANYWHERE("at a random moment of a burst of signals");

  private final String what;

  CrashPoint(String what) {
    this.what = what;
  }

  String what() {
    return what;
  }
}
