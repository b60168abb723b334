package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Names two servers that want the same port: one of them would answer in the other's place, the
 * service without health checks or the health checks without service.
 */
@ApplicationScoped
class PortsCheck implements ConfigurationCheck {
  private static final String MANAGEMENT = "quarkus.management.port";

  private final int port;
  private final int tlsPort;
  private final int managementPort;

  /** 0 is any free port. */
  PortsCheck(
      @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port,
      @ConfigProperty(name = "quarkus.http.ssl-port", defaultValue = "8443") int tlsPort,
      @ConfigProperty(name = MANAGEMENT, defaultValue = "9000") int managementPort) {
    this.port = port;
    this.tlsPort = tlsPort;
    this.managementPort = managementPort;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    boolean free = managementPort != port && managementPort != tlsPort;
    return managementPort == 0 || free
        ? List.of()
        : List.of(
            new ConfigurationProblem(
                MANAGEMENT,
                managementPort + " is also the port of the service",
                "another port than quarkus.http.port (%d) and quarkus.http.ssl-port (%d)"
                    .formatted(port, tlsPort)));
  }
}
