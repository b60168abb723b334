package dev.signaltoorder.operations;

import dev.signaltoorder.access.NamedTls;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.runtime.CertificateRecorder;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The TLS configurations, {@code quarkus.tls.*}, and what their files hold now. They are read by
 * Quarkus' own code, so that what is good here is good there.
 */
@Singleton
class TlsFiles {
  /** Quarkus' name of {@code quarkus.tls.*} without a name. */
  private static final String UNNAMED = TlsConfig.DEFAULT_NAME;

  private final TlsConfig config;
  private final Map<String, String> servers = new TreeMap<>();

  /** Files that cannot be used; the message says why, for people, and holds nothing secret. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String why) {
      super(why);
    }
  }

  TlsFiles(
      Config config,
      @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> service,
      @ConfigProperty(name = "quarkus.management.tls-configuration-name")
          Optional<String> management) {
    this.config = config.unwrap(SmallRyeConfig.class).getConfigMapping(TlsConfig.class);
    service.ifPresent(name -> servers.put("quarkus.http.tls-configuration-name", name));
    management.ifPresent(name -> servers.put("quarkus.management.tls-configuration-name", name));
  }

  /** Names of the configurations that have files, for Quarkus; in order. */
  Iterable<String> names() {
    TreeSet<String> names = new TreeSet<>();
    Stream.concat(Stream.of(UNNAMED), config.namedCertificateConfig().keySet().stream())
        .filter(name -> of(name).filter(TlsFiles::hasFiles).isPresent())
        .forEach(names::add);
    return names;
  }

  /** Settings that name the TLS configuration of a server of ours, and the names. */
  Map<String, String> servers() {
    return Map.copyOf(servers);
  }

  /** Whether there is such a configuration. */
  boolean knows(String name) {
    return of(name).isPresent();
  }

  /** Names of the configurations whose certificates our servers show; in order. */
  Iterable<String> shown() {
    TreeSet<String> names = new TreeSet<>(servers.values());
    if (!servers.containsKey("quarkus.http.tls-configuration-name")) {
      names.add(UNNAMED);
    }
    names.removeIf(name -> of(name).flatMap(TlsBucketConfig::keyStore).isEmpty());
    return names;
  }

  /** As people write it: {@code quarkus.tls.<name>}. */
  static String setting(String name) {
    return name.equals(UNNAMED) ? "quarkus.tls" : "quarkus.tls." + name;
  }

  /** As facts and metrics have it. */
  static String label(String name) {
    return name.equals(UNNAMED) ? "default" : name;
  }

  /**
   * Reads the files. Blocks.
   *
   * @param vertx Quarkus' code wants one; nothing is started on it
   */
  TlsContent read(String name, Vertx vertx) throws UnusableException {
    TlsBucketConfig bucket = of(name).orElseThrow();
    try {
      KeyStoreAndKeyCertOptions own = CertificateRecorder.getKeyStore(bucket, vertx, name);
      TrustStoreAndTrustOptions trusted = CertificateRecorder.getTrustStore(bucket, vertx, name);
      KeyCertOptions keys = own == null ? null : own.options;
      return TlsContent.of(
          own == null ? null : own.keyStore,
          keys == null ? null : keys.getKeyManagerFactory(vertx),
          trusted == null ? null : trusted.trustStore);
    } catch (UnusableException e) {
      throw e;
    } catch (Exception e) {
      throw new UnusableException(why(e));
    }
  }

  /** What a configuration holds in memory, perhaps not yet in force. */
  static TlsContent loaded(TlsConfiguration loaded, Vertx vertx) throws UnusableException {
    try {
      KeyCertOptions keys = loaded.getKeyStoreOptions();
      return TlsContent.of(
          loaded.getKeyStore(),
          keys == null ? null : keys.getKeyManagerFactory(vertx),
          loaded.getTrustStore());
    } catch (UnusableException e) {
      throw e;
    } catch (Exception e) {
      throw new UnusableException(why(e));
    }
  }

  private Optional<TlsBucketConfig> of(String name) {
    return name.equals(UNNAMED) ? config.defaultCertificateConfig() : NamedTls.of(config, name);
  }

  private static boolean hasFiles(TlsBucketConfig bucket) {
    return bucket.keyStore().isPresent() || bucket.trustStore().isPresent();
  }

  /** What Quarkus says, and what it says is behind it. */
  private static String why(Exception failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String detail =
        deepest instanceof IOException || deepest instanceof UncheckedIOException
            ? deepest.getClass().getSimpleName() + ": " + deepest.getMessage()
            : String.valueOf(deepest.getMessage());
    String text =
        deepest.equals(failure) ? detail : String.valueOf(failure.getMessage()) + ": " + detail;
    return text.lines().findFirst().orElse("no reason given");
  }
}
