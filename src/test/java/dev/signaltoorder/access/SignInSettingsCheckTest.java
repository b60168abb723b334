package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInSettingsCheckTest {

  @Test
  void offNeedsNothing() {
    assertThat(problems("false", "false", Optional.empty())).isEmpty();
  }

  @Test
  void certificatesNeedTlsHereAndAuthorities() {
    assertThat(problems("true", "false", Optional.of("with-authorities"))).isEmpty();
    assertThat(problems("true", "false", Optional.empty()))
        .containsExactly(
            "quarkus.http.tls-configuration-name is not set: without TLS here there are no"
                + " certificates");
    assertThat(problems("true", "false", Optional.of("ours")))
        .containsExactly("quarkus.tls.ours.trust-store.* does not say whose are good");
  }

  @Test
  void whatIsNoSwitchIsRefusedAndMeansOn() {
    assertThat(problems("false", "yes", Optional.empty())).containsExactly("\"yes\" is neither");
    assertThat(Switch.isOn("yes")).isTrue();
    assertThat(Switch.isOn(" false ")).isFalse();
  }

  private static List<String> problems(String certificates, String metrics, Optional<String> tls) {
    SignInSettings settings =
        new SignInSettings() {
          @Override
          public String clientCertificates() {
            return certificates;
          }

          @Override
          public String metricsSignIn() {
            return metrics;
          }
        };
    return new SignInSettingsCheck(settings, tls, "with-authorities"::equals)
        .problems().stream().map(ConfigurationProblem::problem).toList();
  }
}
