package dev.signaltoorder.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the intake as a whole, {@code signal-to-order.webhooks.*}. */
@ConfigMapping(prefix = "signal-to-order.webhooks")
public interface IntakeConfig {

  /**
   * Deliveries a minute from one address (IPv6: one /64), counted before authentication. Behind a
   * proxy all senders share the proxy's address.
   */
  @WithDefault("600")
  String addressRateLimit();
}
