package dev.signaltoorder.paper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which websocket messages go wrong, and how. Only messages of channels do: never the answer to a
 * request. Thread-safe.
 */
public final class SocketFaults {

  /** In a channel's place: every channel that has no switch of its own, heartbeats included. */
  public static final String EVERY_CHANNEL = "*";

  private static final int ALWAYS = -1;

  private record Armed(SocketFault fault, int messages) {}

  private record Weather(Random random, double share, List<SocketFault> faults) {}

  private final Map<String, Armed> armed = new HashMap<>();
  private @Nullable Weather weather;

  SocketFaults() {}

  /**
   * The next messages go wrong; a switch set before for the channel is replaced.
   *
   * @param channel "book", "executions", "heartbeat", ... or {@link #EVERY_CHANNEL}
   * @param messages how many, positive; counted over all connections
   */
  public synchronized void next(String channel, int messages, SocketFault fault) {
    if (messages <= 0) {
      throw new IllegalArgumentException("messages must be positive: " + messages);
    }
    armed.put(channel, new Armed(fault, messages));
  }

  /** Every message goes wrong until {@link #clear}. */
  public synchronized void always(String channel, SocketFault fault) {
    armed.put(channel, new Armed(fault, ALWAYS));
  }

  /**
   * Messages without a switch go wrong at random, repeatably for one seed and one order of
   * messages.
   *
   * @param share of messages, 0 to 1
   * @param faults one of them each time, all equally likely; not empty
   */
  public synchronized void randomly(long seed, double share, List<SocketFault> faults) {
    if (!(share >= 0 && share <= 1) || faults.isEmpty()) {
      throw new IllegalArgumentException("a share between 0 and 1, and at least one fault");
    }
    weather = new Weather(new Random(seed), share, List.copyOf(faults));
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    armed.clear();
    weather = null;
  }

  /** What is switched on now, by channel: "DROP, next 2". */
  public synchronized Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    armed.forEach(
        (channel, fault) ->
            shown.put(
                channel,
                fault.fault().kind()
                    + (fault.messages() == ALWAYS ? ", always" : ", next " + fault.messages())));
    Weather now = weather;
    if (now != null) {
      shown.put("at random", now.share() + " of messages");
    }
    return shown;
  }

  /** The fault for a message about to be sent, or null; counts the message. */
  synchronized @Nullable SocketFault take(String channel) {
    String name = armed.containsKey(channel) ? channel : EVERY_CHANNEL;
    Armed switched = armed.get(name);
    if (switched == null) {
      Weather now = weather;
      return now == null || now.random().nextDouble() >= now.share()
          ? null
          : now.faults().get(now.random().nextInt(now.faults().size()));
    }
    if (switched.messages() == 1) {
      armed.remove(name);
    } else if (switched.messages() != ALWAYS) {
      armed.put(name, new Armed(switched.fault(), switched.messages() - 1));
    }
    return switched.fault();
  }
}
