package dev.signaltoorder.paper;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which calls go wrong, and how. Thread-safe. */
public final class FaultSwitches {

  /** In an endpoint's place: every call that has no switch of its own. */
  public static final String EVERY_ENDPOINT = "*";

  private record Armed(Fault fault, int calls) {}

  private static final int ALWAYS = -1;

  private final Map<String, Armed> armed = new HashMap<>();

  FaultSwitches() {}

  /**
   * The next calls go wrong; a switch set before for the endpoint is replaced.
   *
   * @param endpoint "AddOrder", "Ticker", ... or {@link #EVERY_ENDPOINT}
   * @param calls how many, positive
   */
  public synchronized void next(String endpoint, int calls, Fault fault) {
    if (calls <= 0) {
      throw new IllegalArgumentException("calls must be positive: " + calls);
    }
    armed.put(endpoint, new Armed(fault, calls));
  }

  /** Every call goes wrong until {@link #clear}. */
  public synchronized void always(String endpoint, Fault fault) {
    armed.put(endpoint, new Armed(fault, ALWAYS));
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    armed.clear();
  }

  /** What is switched on now, by endpoint: "ACCEPT_THEN_RESET, next 2". */
  public synchronized Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    armed.forEach(
        (endpoint, fault) ->
            shown.put(
                endpoint,
                fault.fault().kind()
                    + (fault.calls() == ALWAYS ? ", always" : ", next " + fault.calls())));
    return shown;
  }

  /** The fault for a call that just came, or null; counts the call. */
  synchronized @Nullable Fault take(String endpoint) {
    String name = armed.containsKey(endpoint) ? endpoint : EVERY_ENDPOINT;
    Armed switched = armed.get(name);
    if (switched == null) {
      return null;
    }
    if (switched.calls() == 1) {
      armed.remove(name);
    } else if (switched.calls() != ALWAYS) {
      armed.put(name, new Armed(switched.fault(), switched.calls() - 1));
    }
    return switched.fault();
  }
}
