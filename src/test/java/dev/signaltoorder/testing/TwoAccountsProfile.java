package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** Two accounts in one process; rules that may let more through wait for a second operator. */
public class TwoAccountsProfile extends ConfirmProfile {
  /** Where all sources trade. */
  public static final String LEFT = "left";

  /** Longer than elsewhere: a call that hangs shall still hang when a test looks. */
  public static final String READ_TIMEOUT = "20s";

  /** The other account. */
  public static final String RIGHT = "right";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.remove("signal-to-order.accounts." + ACCOUNT + ".tier");
    settings.put("signal-to-order.accounts." + LEFT + ".tier", "pro");
    settings.put("signal-to-order.accounts." + RIGHT + ".tier", "pro");
    settings.put("signal-to-order.kraken.read-timeout", READ_TIMEOUT);
    ServiceResource.sources()
        .forEach(source -> settings.put("signal-to-order.sources." + source + ".account", LEFT));
    return settings;
  }
}
