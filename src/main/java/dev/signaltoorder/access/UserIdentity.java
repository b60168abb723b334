package dev.signaltoorder.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** How a user of the file appears to {@code @RolesAllowed} and as the actor of facts. */
final class UserIdentity {
  private UserIdentity() {}

  static SecurityIdentity of(User user) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(user.name()))
        .addRoles(user.roles())
        .build();
  }
}
