package dev.signaltoorder.console;

import java.util.SortedMap;

/** What is wrong with the simulated exchange now, in paper mode. */
public interface SimulatedFaults {

  /**
   * By call or websocket channel: the kind of fault, a comma, and how often ("UNAVAILABLE, next
   * 2"). Empty when nothing is wrong.
   */
  SortedMap<String, String> switchedOn();
}
