package dev.signaltoorder.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Makes a person of ours of whoever a token names: only roles that the settings give, and a name
 * that nobody in the users file can have. The token itself is not kept.
 */
@ApplicationScoped
class OidcPerson implements SecurityIdentityAugmentor {
  static final String PREFIX = "oidc:";

  /** What can stand in a log line and a fact without surprise. */
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final OidcSettings settings;

  OidcPerson(OidcSettings settings) {
    this.settings = settings;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    return Uni.createFrom().item(isByToken(identity) ? person(identity) : identity);
  }

  private static boolean isByToken(SecurityIdentity identity) {
    return identity.getPrincipal() instanceof JsonWebToken
        || identity.getCredential(AccessTokenCredential.class) != null
        || identity.getCredential(IdTokenCredential.class) != null;
  }

  private SecurityIdentity person(SecurityIdentity identity) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name(identity.getPrincipal().getName())))
        .addRoles(roles(identity.getRoles()))
        .build();
  }

  /**
   * The name that facts hold.
   *
   * @throws AuthenticationFailedException when the claim is missing or no plain text
   */
  static String name(@Nullable String claim) {
    if (claim == null || !NAME.matcher(claim).matches()) {
      throw new AuthenticationFailedException();
    }
    return PREFIX + claim;
  }

  /** Our roles of the words that a token holds. */
  private Set<String> roles(Set<String> words) {
    return Roles.ALL.stream()
        .filter(
            role ->
                settings.roles().getOrDefault(role, List.of(role)).stream()
                    .map(String::strip)
                    .anyMatch(words::contains))
        .collect(Collectors.toUnmodifiableSet());
  }
}
