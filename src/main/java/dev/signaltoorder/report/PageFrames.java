package dev.signaltoorder.report;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The frame of this service's pages, as who is signed in may see it. */
@Singleton
public class PageFrames {
  private final String mode;
  private final String version;
  private final SecurityIdentity reader;

  PageFrames(
      @ConfigProperty(name = "signal-to-order.mode", defaultValue = "paper") String mode,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "0") String version,
      SecurityIdentity reader) {
    this.mode = mode;
    this.version = version;
    this.reader = reader;
  }

  /** Whether who asks may read the stories of signals: others get no link to them. */
  public boolean maySeeStories() {
    return Section.SIGNALS.isFor(reader::hasRole);
  }

  /** Around a page of {@code current}, for the request in hand. */
  public PageFrame frame(Section current) {
    List<PageFrame.Link> links =
        Arrays.stream(Section.values())
            .filter(section -> section.isFor(reader::hasRole))
            .map(section -> new PageFrame.Link(section.path(), section.words(), section == current))
            .toList();
    return PageFrame.of(mode, version, links, reader.getPrincipal().getName());
  }
}
