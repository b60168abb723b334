package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsCheckTest {

  @ParameterizedTest
  @CsvSource({"8080, 8443, 9000", "0, 0, 0", "0, 8443, 9000"})
  void portsThatAreNotTheSameAreFine(int port, int tlsPort, int managementPort) {
    assertThat(new PortsCheck(port, tlsPort, managementPort).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9000, 8443", "8080, 9000"})
  void aPortThatIsWantedTwiceIsNamed(int port, int tlsPort) {
    assertThat(new PortsCheck(port, tlsPort, 9000).problems())
        .singleElement()
        .extracting(ConfigurationProblem::line)
        .isEqualTo(
            "quarkus.management.port: 9000 is also the port of the service; allowed: another port"
                + " than quarkus.http.port (%d) and quarkus.http.ssl-port (%d)"
                    .formatted(port, tlsPort));
  }
}
