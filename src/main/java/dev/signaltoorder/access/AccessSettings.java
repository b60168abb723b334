package dev.signaltoorder.access;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Configuration of this package. */
@ConfigMapping(prefix = "signal-to-order")
public interface AccessSettings {

  /** Path of the users file; without one nobody can sign in. */
  Optional<String> usersFile();
}
