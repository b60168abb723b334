package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import dev.signaltoorder.testing.ServiceProfile;
import dev.signaltoorder.testing.TestCertificate;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.VertxOptions;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of TLS that are missing, cannot be read, or do not belong together. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class TlsCheckTest {
  private static final String CERTIFICATE = "quarkus.tls.public.key-store.pem.0.cert";
  private static final String KEY = "quarkus.tls.public.key-store.pem.0.key";
  private static final String AUTHORITIES = "quarkus.tls.public.trust-store.pem.certs";
  private static final String STORE = "quarkus.tls.public.key-store.p12.path";

  @TempDir static Path folder;

  @Inject @All List<InstanceHandle<ConfigurationCheck>> others;

  private final Map<String, String> settings = new HashMap<>();
  private static TestCertificate good;

  @BeforeAll
  static void aGoodOne() throws Exception {
    good = TestCertificate.of("localhost", folder, "good");
    Files.writeString(folder.resolve("good.key"), good.keyPem());
  }

  @Test
  void goodFilesAreNoProblemNorIsNoTls() {
    assertThat(problems()).isEmpty();
    settings.put(CERTIFICATE, good.pem().toString());
    settings.put(KEY, folder.resolve("good.key").toString());
    settings.put(AUTHORITIES, good.pem().toString());
    assertThat(problems()).isEmpty();
  }

  @Test
  void aMissingCertificateIsNamed() {
    settings.put(CERTIFICATE, folder.resolve("none.pem").toString());
    settings.put(KEY, folder.resolve("good.key").toString());

    assertThat(problems()).singleElement().asString().contains("quarkus.tls.public", "none.pem");
  }

  @Test
  void aMissingKeyIsNamed() {
    settings.put(CERTIFICATE, good.pem().toString());
    settings.put(KEY, folder.resolve("none.key").toString());

    assertThat(problems()).singleElement().asString().contains("quarkus.tls.public", "none.key");
  }

  @Test
  void aFileWithoutACertificateIsAProblem() throws Exception {
    settings.put(CERTIFICATE, Files.writeString(folder.resolve("text"), "text").toString());
    settings.put(KEY, folder.resolve("good.key").toString());

    assertThat(problems()).singleElement().asString().contains("quarkus.tls.public");
  }

  @Test
  void aKeyOfAnotherCertificateIsAProblem() throws Exception {
    TestCertificate other = TestCertificate.of("other", folder, "other");
    settings.put(CERTIFICATE, other.pem().toString());
    settings.put(KEY, folder.resolve("good.key").toString());

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("quarkus.tls.public", "does not fit", "CN=other");
  }

  @Test
  void aMissingTrustStoreAndAWrongPasswordOfAKeyStoreAreProblems() {
    settings.put(AUTHORITIES, folder.resolve("none.pem").toString());
    assertThat(problems()).singleElement().asString().contains("quarkus.tls.public", "none.pem");

    settings.remove(AUTHORITIES);
    settings.put(STORE, good.file().toString());
    settings.put("quarkus.tls.public.key-store.p12.password", "not this one");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("quarkus.tls.public")
        .doesNotContain("not this one");
  }

  @Test
  void aServersConfigurationThatIsNotThereIsNamed() {
    assertThat(new TlsCheck(files(Optional.of("publik"))).problems())
        .singleElement()
        .asString()
        .contains("quarkus.http.tls-configuration-name", "publik");
  }

  @Test
  void theStartEndsBeforeQuarkusReadsThem() {
    settings.put(CERTIFICATE, folder.resolve("none.pem").toString());
    settings.put(KEY, folder.resolve("good.key").toString());
    EarlyChecks bad = new EarlyChecks(new TlsCheck(files(Optional.empty())), others);
    assertThatThrownBy(() -> bad.accept(new VertxOptions()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("none.pem");

    new EarlyChecks(new TlsCheck(files(Optional.empty(), Map.of())), others)
        .accept(new VertxOptions());
  }

  private List<ConfigurationProblem> problems() {
    return new TlsCheck(files(Optional.empty())).problems();
  }

  private TlsFiles files(Optional<String> server) {
    return files(server, settings);
  }

  private static TlsFiles files(Optional<String> server, Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(TlsConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    return new TlsFiles(config, server, Optional.empty());
  }
}
