package dev.signaltoorder.operations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who brings the database up to date. */
@ConfigMapping(prefix = "signal-to-order")
public interface MigrationConfig {

  /**
   * {@code at-start}: this process, before it serves. {@code only}: this process, which then ends.
   * {@code elsewhere}: somebody else; this process waits for it and needs no owner role.
   */
  @WithDefault("at-start")
  String migration();
}
