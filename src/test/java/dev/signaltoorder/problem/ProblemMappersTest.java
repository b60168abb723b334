package dev.signaltoorder.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {
  private final ProblemMappers mappers = new ProblemMappers();

  @Test
  void writesEveryMemberThatIsThereAndNoOther() throws IOException {
    Problem problem =
        Problem.of("too-bold", "Too bold", 422, "detail")
            .withInstance("urn:uuid:1")
            .withErrors(List.of(new Problem.FieldError("/a", "is \"x\"", "1")));

    assertThat(new JsonMapper().readTree(problem.toJson()))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"type":"urn:signal-to-order:problem:too-bold","title":"Too bold","status":422,
                     "detail":"detail","instance":"urn:uuid:1",
                     "errors":[{"field":"/a","problem":"is \\"x\\"","allowed":"1"}]}
                    """));
    assertThat(new JsonMapper().readTree(Problem.ofStatus(404, null).toJson()))
        .isEqualTo(
            new JsonMapper()
                .readTree("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}"));
  }

  @Test
  void tellsNothingOfAnUnexpectedFailureButItsIncident() throws IOException {
    Response answer = mappers.unexpected(new IllegalStateException("password hunter2"));

    assertProblem(answer, 500);
    assertThat(body(answer).toString()).doesNotContain("hunter2").doesNotContain("IllegalState");
    assertThat(body(answer).path("instance").asText()).matches("urn:uuid:[0-9a-f-]{36}");
  }

  @Test
  void aClientThatWentAwayOrFellSilentIsNoIncident() throws IOException {
    IOException closed = new IOException(new HttpClosedException("Connection was closed"));

    assertProblem(mappers.unreadBody(closed), 400);
    assertProblem(mappers.unreadBody(new IOException("Read timed out")), 408);
    assertProblem(mappers.unreadBody(new IOException("disk")), 500);
  }

  @Test
  void keepsStatusAndUsefulHeadersOfAnAnswerButNotItsText() throws IOException {
    assertProblem(mappers.answered(new NotFoundException("hunter2")), 404);
    Response notAllowed = mappers.answered(new NotAllowedException("GET", new String[] {"HEAD"}));
    assertProblem(notAllowed, 405);
    assertThat(notAllowed.getHeaderString("Allow")).contains("GET");
    Response foreign =
        mappers.answered(
            new WebApplicationException(
                Response.status(429).header("Retry-After", "7").entity("hunter2").build()));
    assertProblem(foreign, 429);
    assertThat(foreign.getHeaderString("Retry-After")).isEqualTo("7");
    assertThat(body(foreign).toString()).doesNotContain("hunter2");
  }

  @Test
  void passesOnTheProblemOfAProblemException() throws IOException {
    assertProblem(mappers.problem(new ProblemException(Problem.ofStatus(409, "x"))), 409);
  }

  private static void assertProblem(Response answer, int status) throws IOException {
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getMediaType()).hasToString(Problem.MEDIA_TYPE);
    assertThat(body(answer).path("status").asInt()).isEqualTo(status);
  }

  private static JsonNode body(Response answer) throws IOException {
    return new JsonMapper().readTree((byte[]) answer.getEntity());
  }
}
