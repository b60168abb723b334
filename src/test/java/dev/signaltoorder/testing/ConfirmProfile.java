package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** Rules that may let more through wait for a second operator; and a dead man's switch. */
public class ConfirmProfile extends RoomyProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.rules.confirm-loosening", "true");
    settings.put("signal-to-order.trading.dead-mans-switch", "15s");
    return settings;
  }
}
