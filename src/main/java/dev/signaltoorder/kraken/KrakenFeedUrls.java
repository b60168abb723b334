package dev.signaltoorder.kraken;

import java.net.URI;
import java.util.Optional;

/**
 * Where Kraken's websockets are. Asked before every connection, because a simulated exchange knows
 * its port only once it listens. The configured addresses are used unless the application has
 * another bean of this type.
 */
public interface KrakenFeedUrls {

  /** The public one; empty means REST only. */
  Optional<URI> publicUrl();

  /** The private one; empty means REST only. */
  Optional<URI> privateUrl();
}
