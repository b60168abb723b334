package dev.signaltoorder.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The whole story of one signal. */
@Path("/audit/signals/{signalId}")
@RolesAllowed("reviewer")
class SignalStoryResource {
  /** {@link UUID#fromString} takes shortened ones too. */
  private static final Pattern SIGNAL_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final List<Representation> OFFERED =
      List.of(Representation.JSON, Representation.HTML);

  private final StoryReader reader;
  private final PageFrames frames;

  SignalStoryResource(StoryReader reader, PageFrames frames) {
    this.reader = reader;
    this.frames = frames;
  }

  /** JSON by default; HTML is one page to read and to print. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  public Response story(@PathParam("signalId") String signalId, @Context HttpHeaders headers) {
    if (!SIGNAL_ID.matcher(signalId).matches()) {
      throw new ReportQueryException(List.of("signalId: not an id; allowed: a UUID"));
    }
    Optional<SignalStory> story = reader.read(UUID.fromString(signalId));
    if (story.isEmpty()) {
      return ReportProblem.notFound("there is no signal with this id");
    }
    return Representation.preferred(headers, OFFERED) == Representation.HTML
        ? page(story.get())
        : Response.ok(story.get(), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private Response page(SignalStory story) {
    String html = Pages.story(StoryView.of(frames.frame(Section.SIGNALS), story)).render();
    return Response.ok(html, MediaType.TEXT_HTML_TYPE).build();
  }
}
