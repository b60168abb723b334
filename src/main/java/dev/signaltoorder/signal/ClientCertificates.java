package dev.signaltoorder.signal;

import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Asks clients for a certificate when a source wants one. Quarkus' own setting for it is fixed when
 * the program is built, and whether a source wants one is not known then. A client without is
 * served all the same: only deliveries to such a source need it.
 */
@Singleton
class ClientCertificates implements HttpServerOptionsCustomizer {

  private final List<String> wantedBy;

  ClientCertificates(SourcesConfig config) {
    this.wantedBy =
        config.sources().entrySet().stream()
            .filter(source -> source.getValue().clientCertificate().isPresent())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
  }

  /**
   * @throws InvalidConfigurationException if a source wants one and nothing says whose are good:
   *     any public authority's would be otherwise
   */
  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (wantedBy.isEmpty()) {
      return;
    }
    if (options.getTrustOptions() == null) {
      throw new InvalidConfigurationException(
          List.of(
              new ConfigurationProblem(
                  "signal-to-order.sources." + wantedBy.getFirst() + ".client-certificate",
                  "nothing says whose certificates are good",
                  "with the authorities of client certificates,"
                      + " quarkus.tls.<name>.trust-store.*")));
    }
    options.setClientAuth(ClientAuth.REQUEST);
  }
}
