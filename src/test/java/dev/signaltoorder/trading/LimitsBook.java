package dev.signaltoorder.trading;

/** Books of one kind, kept from the facts alone, and the limits that rest on them. */
interface LimitsBook {
  void see(Fact fact);

  /** Before the decision's own facts are seen: names the limits that the order would break. */
  void judge(LimitsCase order);
}
