package dev.signaltoorder.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The whole story of one signal. */
@Path("/audit/signals/{signalId}")
@RolesAllowed("reviewer")
class SignalStoryResource {
  /** {@link UUID#fromString} takes shortened ones too. */
  private static final Pattern SIGNAL_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final StoryReader reader;
  private final PageFrame frame;

  SignalStoryResource(StoryReader reader, PageFrame frame) {
    this.reader = reader;
    this.frame = frame;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response json(@PathParam("signalId") String signalId) {
    return answer(signalId, story -> Response.ok(story, MediaType.APPLICATION_JSON_TYPE).build());
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  public Response html(@PathParam("signalId") String signalId) {
    return answer(
        signalId,
        story ->
            Response.ok(Pages.story(StoryView.of(frame, story)).render(), MediaType.TEXT_HTML_TYPE)
                .build());
  }

  private Response answer(String signalId, Function<SignalStory, Response> found) {
    if (!SIGNAL_ID.matcher(signalId).matches()) {
      throw new ReportQueryException(List.of("signalId: not an id; allowed: a UUID"));
    }
    Optional<SignalStory> story = reader.read(UUID.fromString(signalId));
    return story
        .map(found)
        .orElseGet(() -> ReportProblem.notFound("there is no signal with this id"));
  }
}
