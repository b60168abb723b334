package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KrakenSettingsTest {

  private record Config(
      String restUrl,
      Optional<String> wsUrl,
      Optional<String> wsAuthUrl,
      String connectTimeout,
      String readTimeout,
      String unprovenKeys)
      implements KrakenConfig {}

  private static Config config(String restUrl) {
    return new Config(restUrl, Optional.empty(), Optional.empty(), "2s", "8s", "refuse");
  }

  private static List<ConfigurationProblem> problems(KrakenConfig config) {
    return new KrakenConfigCheck(config).problems();
  }

  @Test
  void readsTheDefaults() {
    assertThat(KrakenSettings.of(config("https://api.kraken.com")))
        .isEqualTo(
            new KrakenSettings(
                URI.create("https://api.kraken.com"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.kraken.com/",
        "https://api.kraken.com:8443",
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "http://127.1.2.3",
        "http://[::1]:8080"
      })
  void acceptsHttpsAndPlainHttpToThisMachine(String url) {
    assertThat(problems(config(url))).isEmpty();
    assertThat(KrakenSettings.of(config(url)).restUrl().getRawPath()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.kraken.com",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://10.0.0.1",
        "https://api.kraken.com/0",
        "https://api.kraken.com?x=1",
        "https://api.kraken.com#x",
        "https://user:word@api.kraken.com",
        "ftp://api.kraken.com",
        "api.kraken.com",
        "https://",
        "https://a b",
        ""
      })
  void refusesAnyOtherAddress(String url) {
    assertThat(problems(config(url)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.name()).isEqualTo("signal-to-order.kraken.rest-url");
              assertThat(problem.line()).doesNotContain("word");
            });
  }

  @Test
  void listsAllThatIsWrongAtOnce() {
    Config config =
        new Config(
            "nonsense",
            Optional.of("ws://ws.kraken.com/v2"),
            Optional.of("https://ws-auth.kraken.com/v2"),
            "soon",
            "10m",
            "perhaps");

    assertThat(problems(config))
        .extracting(ConfigurationProblem::name)
        .containsExactly(
            "signal-to-order.kraken.rest-url",
            "signal-to-order.kraken.ws-url",
            "signal-to-order.kraken.ws-auth-url",
            "signal-to-order.kraken.connect-timeout",
            "signal-to-order.kraken.read-timeout",
            "signal-to-order.kraken.unproven-keys");
  }

  @Test
  void acceptsWebsocketAddressesWithTheirPath() {
    Config config =
        new Config(
            "https://api.kraken.com",
            Optional.of("wss://ws.kraken.com/v2"),
            Optional.of("ws://localhost:9/v2"),
            "PT1S",
            "500ms",
            "accept");

    assertThat(problems(config)).isEmpty();
  }
}
