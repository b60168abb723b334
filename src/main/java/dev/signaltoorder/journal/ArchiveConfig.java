package dev.signaltoorder.journal;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where archives are that received bytes were moved into. */
@ConfigMapping(prefix = "signal-to-order")
public interface ArchiveConfig {

  /** Path of the folder with the archives. Without one, stories say where the bytes are. */
  Optional<String> archiveFolder();
}
