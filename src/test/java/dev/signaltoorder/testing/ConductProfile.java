package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/**
 * For the rules about conduct: roomy rules, of which each test tightens one, and a silent source.
 */
public class ConductProfile extends RoomyProfile {
  /** A source that should send, and does not. */
  public static final String SILENT = ServiceResource.SLOW;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    // So long at least an order stays in doubt: time for a slow machine to see what follows of it.
    settings.put("signal-to-order.orders.silence-final-after", "20s");
    settings.put("signal-to-order.sources." + SILENT + ".alarm-after-silence", "1s");
    return settings;
  }
}
