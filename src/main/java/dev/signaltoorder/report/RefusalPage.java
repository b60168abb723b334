package dev.signaltoorder.report;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What a person is told who asked for a page that cannot be made as asked: a page too. */
@Singleton
class RefusalPage {
  private static final int BAD_REQUEST = 400;

  private final PageFrames frames;

  RefusalPage(PageFrames frames) {
    this.frames = frames;
  }

  /**
   * The page, or the page that says why not.
   *
   * @param section where both stand; "back" leads to its beginning
   * @param html makes the page
   */
  Response orPage(Section section, Supplier<String> html) {
    try {
      return answer(200, html.get());
    } catch (ReportQueryException refused) {
      return answer(
          BAD_REQUEST, refused(section, "These filters cannot be used", refused.problems()));
    } catch (ProblemException refused) {
      Problem problem = refused.problem();
      String detail = Objects.requireNonNullElse(problem.detail(), problem.title());
      return answer(problem.status(), refused(section, problem.title(), List.of(detail)));
    }
  }

  private String refused(Section section, String heading, List<String> problems) {
    return Pages.refused(frames.frame(section), heading, problems, section.path()).render();
  }

  private static Response answer(int status, String html) {
    return Response.status(status).type(MediaType.TEXT_HTML_TYPE).entity(html).build();
  }
}
