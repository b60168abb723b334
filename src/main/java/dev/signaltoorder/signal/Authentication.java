package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import org.jspecify.annotations.Nullable;

/** How a source proves that a delivery is its own. */
sealed interface Authentication {

  /** Signed after Standard Webhooks 1.0.0. */
  record Signed(SecretsFile<SigningKeys> keys) implements Authentication {}

  /**
   * A shared token.
   *
   * @param field where it stands in the body; null: it is the last path segment
   */
  record Token(SecretsFile<TokenHashes> hashes, @Nullable JsonPointer field)
      implements Authentication {}
}
