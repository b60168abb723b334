package dev.signaltoorder.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Validate mode against an exchange outside the service. */
public class ValidateProfile extends LiveProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(super.getConfigOverrides());
    overrides.put("signal-to-order.mode", "validate");
    return overrides;
  }
}
