package dev.signaltoorder.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Configuration of the journal's signed checkpoints, as text; {@link EvidenceSettings} reads it.
 */
@ConfigMapping(prefix = "signal-to-order")
public interface EvidenceConfig {

  /** Path of the Ed25519 private key, PKCS#8 PEM. Without one nothing is signed. */
  Optional<String> checkpointKeyFile();

  /** Path of the file that every signed checkpoint is appended to. */
  Optional<String> checkpointFile();

  /** The first part of every log's name; the account's name follows. */
  @WithDefault("signal-to-order")
  String checkpointOrigin();

  /** An https address that every signed checkpoint is posted to. */
  Optional<String> checkpointWebhook();
}
