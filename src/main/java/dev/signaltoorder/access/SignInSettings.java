package dev.signaltoorder.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How people and programs may sign in, besides password and token. */
@ConfigMapping(prefix = "signal-to-order")
public interface SignInSettings {

  /**
   * Whether people may sign in with a client certificate, {@code true} or {@code false}; TLS must
   * end here.
   */
  @WithDefault("false")
  String clientCertificates();

  /**
   * Whether metrics on the management port need the role {@code metrics}, {@code true} or {@code
   * false}.
   */
  @WithDefault("false")
  String metricsSignIn();
}
