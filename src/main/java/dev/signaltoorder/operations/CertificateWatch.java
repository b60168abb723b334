package dev.signaltoorder.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of the certificates that the service shows, every few seconds, by content.
 * What is there at two looks one after the other, fits together and is in date is shown from then
 * on; whatever is wrong with new files, the old certificate goes on being shown. Not by Quarkus'
 * own timer alone: that one would show a new certificate with an old key, and nobody could connect.
 */
@Singleton
class CertificateWatch {
  private static final Logger LOG = Logger.getLogger(CertificateWatch.class);

  /** Before and after the servers, which have none. */
  private static final int FIRST = 1;

  private static final int LAST = 3_000;

  private final TlsFiles files;
  private final TlsConfigurationRegistry registry;
  private final Event<CertificateUpdatedEvent> updates;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<String, Shown> shown = new TreeMap<>();

  private static final class Shown {
    private TlsContent inForce;
    private @Nullable TlsContent seen;
    private String problem = "";
    private boolean told;

    private Shown(TlsContent inForce) {
      this.inForce = inForce;
    }

    private void good() {
      seen = null;
      problem = "";
      told = false;
    }
  }

  CertificateWatch(
      TlsFiles files,
      TlsConfigurationRegistry registry,
      Event<CertificateUpdatedEvent> updates,
      Vertx vertx,
      Clock clock) {
    this.files = files;
    this.registry = registry;
    this.updates = updates;
    this.vertx = vertx;
    this.clock = clock;
  }

  synchronized void onStart(@Observes StartupEvent event, MeterRegistry meters)
      throws TlsFiles.UnusableException {
    for (String name : files.shown()) {
      shown.put(name, new Shown(TlsFiles.loaded(registry.get(name).orElseThrow(), vertx)));
      gauge("not_after_seconds", "When it ends, in seconds since 1970", name, meters);
      gauge("refused", "1: the files hold another one that cannot be shown", name, meters);
    }
  }

  private void gauge(String what, String description, String name, MeterRegistry meters) {
    Gauge.builder("signal_to_order_certificate_" + what, () -> value(what, name))
        .description(description)
        .tag("certificate", TlsFiles.label(name))
        .register(meters);
  }

  private synchronized double value(String what, String name) {
    Shown each = shown.get(name);
    if (each == null) {
      return Double.NaN;
    }
    if (what.equals("refused")) {
      return each.told ? 1 : 0;
    }
    InForce.Certificates own = each.inForce.own();
    return own == null ? Double.NaN : own.notAfter().getEpochSecond();
  }

  /** What is in force, by whose it is: of this service, and of the authorities that it trusts. */
  synchronized Map<String, InForce> inForce() {
    Map<String, InForce> all = new TreeMap<>();
    shown.forEach(
        (name, each) -> {
          InForce.Certificates own = each.inForce.own();
          if (own != null) {
            all.put("tls " + TlsFiles.label(name), own);
          }
          if (!each.inForce.trusted().isEmpty()) {
            all.put(
                "authorities of tls " + TlsFiles.label(name),
                new InForce.Secrets(each.inForce.trusted()));
          }
        });
    return all;
  }

  @Scheduled(
      identity = "certificates",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    shown.forEach(this::look);
  }

  private void look(String name, Shown each) {
    try {
      TlsContent found = files.read(name, vertx);
      if (found.equals(each.inForce)) {
        each.good();
      } else if (!found.equals(each.seen)) {
        each.seen = found;
      } else {
        show(name, found);
      }
    } catch (TlsFiles.UnusableException e) {
      each.seen = null;
      unusable(name, each, String.valueOf(e.getMessage()));
    }
  }

  private void show(String name, TlsContent found) throws TlsFiles.UnusableException {
    String untimely = found.untimely(clock.instant());
    if (!untimely.isEmpty()) {
      throw new TlsFiles.UnusableException(untimely);
    }
    TlsConfiguration configuration = registry.get(name).orElseThrow();
    if (!configuration.reload()) {
      throw new TlsFiles.UnusableException("the files changed while they were read");
    }
    try {
      updates.fire(new CertificateUpdatedEvent(name, configuration));
    } catch (UnfitException e) {
      throw new TlsFiles.UnusableException(String.valueOf(e.getMessage()));
    }
  }

  /** Files are replaced one after the other; only what stays wrong is wrong. */
  private static void unusable(String name, Shown each, String problem) {
    if (problem.equals(each.problem) && !each.told) {
      each.told = true;
      LOG.errorf(
          "ALARM: %s: the files have changed and cannot be used: %s. The certificate that was read"
              + " before goes on being shown",
          TlsFiles.setting(name), problem);
    }
    each.problem = problem;
  }

  private static final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String why) {
      super(why);
    }
  }

  /**
   * Whoever loaded it: what does not fit reaches no server.
   *
   * @throws UnfitException which ends the event
   */
  void guard(@Observes @Priority(FIRST) CertificateUpdatedEvent event) {
    try {
      String untimely = TlsFiles.loaded(event.tlsConfiguration(), vertx).untimely(clock.instant());
      if (!untimely.isEmpty()) {
        throw new UnfitException(untimely);
      }
    } catch (TlsFiles.UnusableException e) {
      throw new UnfitException(String.valueOf(e.getMessage()));
    }
  }

  /** The servers show it. */
  synchronized void shown(@Observes @Priority(LAST) CertificateUpdatedEvent event)
      throws TlsFiles.UnusableException {
    Shown each = shown.get(event.name());
    if (each == null) {
      return;
    }
    TlsContent now = TlsFiles.loaded(event.tlsConfiguration(), vertx);
    if (!now.equals(each.inForce)) {
      each.inForce = now;
      InForce.Certificates own = now.own();
      LOG.infof(
          "%s: another certificate is shown from now on: %s",
          TlsFiles.setting(event.name()), own == null ? "none" : own.fingerprint());
    }
    each.good();
  }
}
