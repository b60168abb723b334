package dev.signaltoorder.access;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Asks clients for a certificate when people may sign in with one. Quarkus' own setting for it is
 * fixed when the program is built. A client without is served all the same.
 */
@Singleton
class CertificatesOfPeople implements HttpServerOptionsCustomizer {
  private final boolean isOn;

  CertificatesOfPeople(SignInSettings settings) {
    this.isOn = Switch.isOn(settings.clientCertificates());
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    // Without authorities the check of the settings stops the start.
    if (isOn && options.getTrustOptions() != null) {
      options.setClientAuth(ClientAuth.REQUEST);
    }
  }
}
