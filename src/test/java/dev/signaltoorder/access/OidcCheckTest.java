package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcCheckTest {
  private static final String ISSUER = "https://id.example.com/realms/trading";

  @Test
  void nothingSetIsOffAndNoProblem() {
    assertThat(problems(Map.of())).isEmpty();
  }

  @Test
  void anIssuerAndAnAudienceAreEnough() {
    assertThat(problems(Map.of("issuer", ISSUER, "audience", "signal-to-order"))).isEmpty();
    assertThat(problems(Map.of("issuer", "http://127.0.0.1:8180/", "audience", "a,b"))).isEmpty();
  }

  @Test
  void anIssuerWithoutAudienceIsRefused() {
    assertThat(problems(Map.of("issuer", ISSUER)))
        .containsExactly("signal-to-order.oidc.audience: is missing");
  }

  @Test
  void anAudienceWithoutIssuerIsRefused() {
    assertThat(problems(Map.of("audience", "signal-to-order")))
        .containsExactly("signal-to-order.oidc.issuer: is missing");
    assertThat(problems(Map.of("roles.operator", "traders")))
        .containsExactly("signal-to-order.oidc.issuer: is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "*", "signal-to-order,any"})
  void anAudienceThatAllowsAllIsRefused(String audience) {
    assertThat(problems(Map.of("issuer", ISSUER, "audience", audience)))
        .containsExactly("signal-to-order.oidc.audience: allows every audience");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any",
        "http://id.example.com",
        "http://127.0.0.1.example.com",
        "ftp://id.example.com",
        "https://user:secret@id.example.com",
        "https://id.example.com/?realm=x",
        "https://id.example.com/#x",
        "https://",
        "not an address",
      })
  void anIssuerThatIsNoSafeAddressIsRefusedAndNotRepeated(String issuer) {
    assertThat(problems(Map.of("issuer", issuer, "audience", "signal-to-order")))
        .containsExactly("signal-to-order.oidc.issuer: is no address of an issuer");
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "issuer", "any",
                    "roles.admin", "admins",
                    "role-claim", "two words",
                    "refresh-keys-every", "soon",
                    "tls-configuration-name", "nowhere")))
        .containsExactly(
            "signal-to-order.oidc.issuer: is no address of an issuer",
            "signal-to-order.oidc.audience: is missing",
            "signal-to-order.oidc.roles.admin: is no role",
            "signal-to-order.oidc.role-claim: is no claim",
            "signal-to-order.oidc.refresh-keys-every: is no usable duration",
            "signal-to-order.oidc.tls-configuration-name: there is no quarkus.tls.nowhere");
  }

  private static List<String> problems(Map<String, String> settings) {
    Map<String, String> named = new HashMap<>();
    settings.forEach((name, value) -> named.put("signal-to-order.oidc." + name, value));
    OidcSettings mapped =
        new SmallRyeConfigBuilder()
            .withMapping(OidcSettings.class)
            .withDefaultValues(named)
            .build()
            .getConfigMapping(OidcSettings.class);
    return new OidcCheck(mapped, "known"::equals)
        .problems().stream().map(OidcCheckTest::text).toList();
  }

  private static String text(ConfigurationProblem problem) {
    return problem.name() + ": " + problem.problem();
  }
}
