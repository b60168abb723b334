package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** The shipped rules for large accounts, as they are, on an account of its own. */
public class ProProfile extends ServiceProfile {
  /** The account's name. */
  public static final String ACCOUNT = "professional";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.accounts." + ACCOUNT + ".tier", "pro");
    settings.put("signal-to-order.paper.balances.ZUSD", "10000000");
    settings.put("signal-to-order.rules.preset", "pro");
    return settings;
  }
}
