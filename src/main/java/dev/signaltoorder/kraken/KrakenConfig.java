package dev.signaltoorder.kraken;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * How Kraken is reached. Everything is text here, so that a wrong value never breaks the binding;
 * {@link KrakenSettings} reads it and {@link KrakenConfigCheck} lists what is wrong.
 */
@ConfigMapping(prefix = "signal-to-order.kraken")
public interface KrakenConfig {

  /** Scheme and host of the REST interface; plain http only for a loopback host. */
  @WithDefault("https://api.kraken.com")
  String restUrl();

  /** Public websocket address; empty means REST only. */
  @WithDefault("wss://ws.kraken.com/v2")
  Optional<String> wsUrl();

  /** Private websocket address; empty means REST only. */
  @WithDefault("wss://ws-auth.kraken.com/v2")
  Optional<String> wsAuthUrl();

  /** Longest wait for a connection with its TLS handshake, such as "2s" or "PT2S". */
  @WithDefault("2s")
  String connectTimeout();

  /** Longest wait from a request's first byte to the last byte of its answer. */
  @WithDefault("8s")
  String readTimeout();

  /**
   * What to do with a key of which Kraken does not say what it may do, so that not every dangerous
   * right could be ruled out: {@code refuse} or {@code accept}.
   */
  @WithDefault("refuse")
  String unprovenKeys();
}
