package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** Rules that may let more through wait for a second operator. */
public class ConfirmProfile extends RoomyProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.rules.confirm-loosening", "true");
    return settings;
  }
}
