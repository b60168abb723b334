package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** The whole service with the shipped rules for larger accounts, as they are. */
public class ProProfile extends ServiceProfile {
  /** The account's name: no other test uses it, so its day, its losses and its pace are its own. */
  public static final String ACCOUNT = "desk";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.accounts." + ACCOUNT + ".tier", "pro");
    settings.put("signal-to-order.rules.preset", "pro");
    settings.put("signal-to-order.paper.balances.ZUSD", "100000");
    // More in all than these orders are worth: what is free to spend is another rule's affair.
    settings.put("signal-to-order.paper.balances.XXBT", "1");
    return settings;
  }
}
