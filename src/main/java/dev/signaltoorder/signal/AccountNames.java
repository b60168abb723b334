package dev.signaltoorder.signal;

import java.util.Set;

/** Names of the Kraken accounts this service trades; known where accounts are configured. */
@FunctionalInterface
public interface AccountNames {

  /** All of them, never empty once the service runs. */
  Set<String> names();
}
