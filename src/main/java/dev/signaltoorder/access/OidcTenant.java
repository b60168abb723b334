package dev.signaltoorder.access;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Tells Quarkus whose tokens are good. Only what is configured and found right by {@link OidcCheck}
 * gets there: without an issuer nothing is asked of anybody, and settings with a fault stop the
 * start a moment later, all of them named.
 */
@ApplicationScoped
class OidcTenant {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);

  private final OidcSettings settings;
  private final OidcCheck check;

  OidcTenant(OidcSettings settings, OidcCheck check) {
    this.settings = settings;
    this.check = check;
  }

  void begin(@Observes Oidc oidc) {
    if (settings.issuer().isPresent() && check.problems().isEmpty()) {
      oidc.create(tenant(settings.issuer().get()));
    }
  }

  /**
   * Only signatures by keys of the issuer: asymmetric algorithms are Quarkus' rule for those, and
   * no token is sent anywhere to ask about it. Redirects would let the issuer's host choose
   * another.
   */
  private OidcTenantConfig tenant(String issuer) {
    OidcTenantConfigBuilder builder =
        OidcTenantConfig.authServerUrl(issuer)
            .applicationType(ApplicationType.SERVICE)
            .connectionTimeout(CONNECTION_TIMEOUT)
            .followRedirects(false)
            .roles()
            .roleClaimPath(settings.roleClaim())
            .end()
            .token()
            .issuer(issuer)
            .audience(settings.audience().orElse(List.of()).stream().map(String::strip).toList())
            .subjectRequired()
            .principalClaim(settings.nameClaim())
            .allowJwtIntrospection(false)
            .allowOpaqueTokenIntrospection(false)
            .forcedJwkRefreshInterval(
                Objects.requireNonNull(OidcCheck.refresh(settings.refreshKeysEvery()), "checked"))
            .end();
    settings.tlsConfigurationName().ifPresent(builder::tlsConfigurationName);
    return builder.build();
  }
}
