package dev.signaltoorder.report;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The forms an answer can have. Who does not care gets the first that is offered. */
enum Representation {
  JSON,
  CSV,
  HTML;

  private MediaType type() {
    return switch (this) {
      case JSON -> MediaType.APPLICATION_JSON_TYPE;
      case CSV -> new MediaType("text", "csv");
      case HTML -> MediaType.TEXT_HTML_TYPE;
    };
  }

  /**
   * What the client likes best among what is offered.
   *
   * @throws NotAcceptableException when it accepts none of it
   */
  static Representation preferred(HttpHeaders headers, List<Representation> offered) {
    for (MediaType accepted : headers.getAcceptableMediaTypes()) {
      for (Representation candidate : offered) {
        if (candidate.type().isCompatible(accepted)) {
          return candidate;
        }
      }
    }
    throw new NotAcceptableException();
  }
}
