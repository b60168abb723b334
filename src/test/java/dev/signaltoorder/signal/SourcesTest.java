package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String VOC = "signal-to-order.sources.voc.";

  @TempDir Path directory;
  private String secretsFile = "";

  @BeforeEach
  void writeSecrets() throws IOException {
    secretsFile = Files.writeString(directory.resolve("secrets"), SECRET).toString();
  }

  @Test
  void readsASourceWithEverySetting() {
    Map<String, String> settings = new HashMap<>(minimal());
    settings.put(VOC + "account", "main");
    settings.put(VOC + "max-age", "90s");
    settings.put(VOC + "allowed-addresses", "10.0.0.0/8,2001:db8::1");
    settings.put(VOC + "client-certificate", "TradingView Webhooks");
    settings.put(VOC + "rate-limit", "7");
    settings.put(VOC + "quote-map.USDT", "USD");
    settings.put(VOC + "mapping.preset", "flat");
    settings.put(VOC + "mapping.limit-price", "/entry");
    settings.put(VOC + "mapping.values.action.OPEN", "BUY");
    settings.put(VOC + "mapping.constants.strategy", "fixed");

    Sources sources = sources(settings, Set.of("main", "other"));

    assertThat(sources.problems()).isEmpty();
    WebhookSource source = sources.find("voc").orElseThrow();
    assertThat(source.account()).isEqualTo("main");
    assertThat(source.deliveriesPerMinute()).isEqualTo(7);
    assertThat(source.addresses().ranges()).hasSize(2);
    assertThat(source.certificateName()).isEqualTo("TradingView Webhooks");
    Signal signal =
        signalOf(
            source,
            "{\"timestamp\":\"2026-11-22T10:00:00Z\",\"strategy\":\"sent\",\"pair\":\"BTCUSDT\","
                + "\"action\":\"open\",\"entry\":5,\"limitPrice\":6}");
    assertThat(signal.strategy()).isEqualTo("fixed");
    assertThat(signal.pair()).isEqualTo("BTCUSD");
    assertThat(signal.action()).isEqualTo(Action.BUY);
    assertThat(signal.limitPrice()).isEqualTo("5");
    assertThat(signal.expiresAt()).isEqualTo(Instant.parse("2026-11-22T10:01:30Z"));
  }

  @Test
  void needsOnlyAuthAndSecretsWhenThereIsOneAccount() {
    WebhookSource source = sources(minimal(), Set.of("main")).find("voc").orElseThrow();

    assertThat(source.account()).isEqualTo("main");
    assertThat(source.deliveriesPerMinute()).isEqualTo(120);
  }

  @Test
  void listsEveryProblemAtOnceAndLetsNobodyIn() {
    Map<String, String> settings = new HashMap<>();
    settings.put(VOC + "auth", "standard-webhooks");
    settings.put(VOC + "secrets-file", directory.resolve("absent").toString());
    settings.put(VOC + "token-field", "/token");
    settings.put(VOC + "account", "nobody");
    settings.put(VOC + "max-age", "soon");
    settings.put(VOC + "allowed-addresses", "10.0.0.0/40,example.com");
    settings.put(VOC + "rate-limit", "0");
    settings.put(VOC + "quote-map.USDT", "US Dollar");
    settings.put(VOC + "mapping.preset", "classic");
    settings.put(VOC + "mapping.limit-prise", "/x");
    settings.put(VOC + "mapping.pair", "data.pair");
    settings.put(VOC + "mapping.stop-loss", "/stop");
    settings.put(VOC + "mapping.values.action.OPEN", "PURCHASE");
    settings.put(VOC + "mapping.values.acton.OPEN", "BUY");
    settings.put(VOC + "mapping.constants.stop-loss", "5");
    settings.put(VOC + "mapping.constants.order-type", "STOP");
    settings.put(VOC + "mapping.constants.nonsense", "STOP");
    settings.put("signal-to-order.sources.empty.rate-limit", "x");
    settings.put("signal-to-order.sources.tv.auth", "token");
    settings.put("signal-to-order.sources.tv.secrets-file", secretsFile);
    settings.put("signal-to-order.sources.tv.token-field", "token");
    settings.put("signal-to-order.sources.tv.account", "main");

    Sources sources = sources(settings, Set.of("main"));

    assertThat(sources.problems())
        .extracting(ConfigurationProblem::name)
        .containsExactlyInAnyOrder(
            VOC + "secrets-file",
            VOC + "token-field",
            VOC + "account",
            VOC + "max-age",
            VOC + "allowed-addresses",
            VOC + "allowed-addresses",
            VOC + "rate-limit",
            VOC + "quote-map.USDT",
            VOC + "mapping.preset",
            VOC + "mapping.limit-prise",
            VOC + "mapping.pair",
            VOC + "mapping.values.action.OPEN",
            VOC + "mapping.values.acton",
            VOC + "mapping.constants.stop-loss",
            VOC + "mapping.constants.order-type",
            VOC + "mapping.constants.nonsense",
            "signal-to-order.sources.empty.auth",
            "signal-to-order.sources.empty.rate-limit",
            "signal-to-order.sources.tv.secrets-file",
            "signal-to-order.sources.tv.token-field");
    assertThat(sources.problems().toString()).doesNotContain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(sources.find("voc")).isEmpty();
    assertThat(sources.find("tv")).isEmpty();
  }

  @Test
  void wantsAnAccountNamedWhenThereAreSeveralOrNone() {
    assertThat(sources(minimal(), Set.of("a", "b")).problems())
        .extracting(ConfigurationProblem::line)
        .containsExactly(
            VOC + "account: is missing and there is not exactly one account; allowed: a, b");
    assertThat(sources(minimal(), Set.of()).problems()).hasSize(1);
  }

  @Test
  void readsEnvironmentVariables() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_AUTH", "standard-webhooks");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_SECRETS_FILE", secretsFile);
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_MAPPING_PRESET", "flat");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_MAPPING_LIMIT_PRICE", "/entry");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_MAPPING_VALUES_ACTION_OPEN", "BUY");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_MAPPING_VALUES_ORDER_TYPE_MKT", "MARKET");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_MAPPING_CONSTANTS_ORDER_TYPE", "mkt");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_MAPPING_STRATEGY", "/name");
    environment.put("SIGNAL_TO_ORDER_SOURCES_VOC_QUOTE_MAP_USDT", "USD");
    SourcesConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new EnvConfigSource(environment, 300))
            .withMapping(SourcesConfig.class)
            .build()
            .getConfigMapping(SourcesConfig.class);

    Sources sources = new Sources(config, () -> Set.of("main"), Clock.systemUTC());

    assertThat(sources.problems()).isEmpty();
    Signal signal =
        signalOf(
            sources.find("voc").orElseThrow(),
            "{\"timestamp\":\"2026-11-22T10:00:00Z\",\"name\":\"s\",\"pair\":\"BTCUSDT\","
                + "\"action\":\"open\",\"entry\":5}");
    assertThat(signal.limitPrice()).isEqualTo("5");
    assertThat(signal.pair()).isEqualTo("BTCUSD");
    assertThat(signal.orderType()).isEqualTo(OrderType.MARKET);
  }

  private Map<String, String> minimal() {
    return Map.of(VOC + "auth", "standard-webhooks", VOC + "secrets-file", secretsFile);
  }

  private static Signal signalOf(WebhookSource source, String body) {
    MappingResult result =
        source.mapping().map(body.getBytes(UTF_8), Instant.parse("2026-11-22T10:00:01Z"));
    assertThat(result).isInstanceOf(MappingResult.Mapped.class);
    return ((MappingResult.Mapped) result).signal();
  }

  static Sources sources(Map<String, String> settings, Set<String> accounts) {
    return sources(settings, accounts, Clock.systemUTC());
  }

  static Sources sources(Map<String, String> settings, Set<String> accounts, Clock clock) {
    SourcesConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .withMapping(SourcesConfig.class)
            .build()
            .getConfigMapping(SourcesConfig.class);
    return new Sources(config, () -> accounts, clock);
  }
}
