package dev.signaltoorder.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose OpenID Connect tokens are good, and what they allow. Off without an issuer. */
@ConfigMapping(prefix = "signal-to-order.oidc")
public interface OidcSettings {

  /** Who issues the tokens, exactly as they say it; below it the keys are found. */
  Optional<String> issuer();

  /** For whom the tokens must be made out: one of these. */
  Optional<List<String>> audience();

  /** Where a token names roles: a claim, or a path of claims divided by {@code /}. */
  @WithDefault("roles")
  String roleClaim();

  /** Role of ours to the words in that claim that give it; a role not here is called as it is. */
  Map<String, List<String>> roles();

  /** The claim that facts name a person by. */
  @WithDefault("sub")
  String nameClaim();

  /**
   * The {@code quarkus.tls.<name>} for the way to the issuer; the platform's authorities without.
   */
  Optional<String> tlsConfigurationName();

  /** A token with an unknown key lets the keys be fetched anew, so often at most. */
  @WithDefault("1m")
  String refreshKeysEvery();
}
