package dev.signaltoorder.report;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The frame of this service's pages. */
@ApplicationScoped
class PageFrames {

  @Produces
  @Singleton
  @DefaultBean
  PageFrame frame(
      @ConfigProperty(name = "signal-to-order.mode", defaultValue = "paper") String mode,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "0") String version) {
    return PageFrame.of(mode, version);
  }
}
