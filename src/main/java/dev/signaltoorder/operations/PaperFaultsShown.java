package dev.signaltoorder.operations;

import dev.signaltoorder.console.SimulatedFaults;
import dev.signaltoorder.paper.SimulatedExchange;
import jakarta.inject.Singleton;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells the console what drills are switched on. */
@Singleton
class PaperFaultsShown implements SimulatedFaults {
  private final PaperExchange paper;

  PaperFaultsShown(PaperExchange paper) {
    this.paper = paper;
  }

  @Override
  public SortedMap<String, String> switchedOn() {
    SimulatedExchange exchange = paper.server().exchange();
    SortedMap<String, String> shown = new TreeMap<>(exchange.faults().shown());
    exchange
        .socketFaults()
        .shown()
        .forEach((channel, what) -> shown.put("Messages, " + channel, what));
    return shown;
  }
}
