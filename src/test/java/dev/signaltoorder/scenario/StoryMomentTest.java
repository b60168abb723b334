package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A story is of one moment, though its signal is being traded while it is read. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class StoryMomentTest extends RunningService {
  private static final Set<String> ON_THE_WAY = Set.of("PENDING", "UNKNOWN", "OPEN");

  /** On a machine that is slow enough; what comes of them is not counted here. */
  private static final Set<String> SLOWNESS =
      Set.of("order-not-placed", "order-refused", "order-in-doubt", "order-progressed");

  private static final int SIGNALS = 12;

  @Test
  void theRowOfAStoryIsWhatItsOwnFactsSay() {
    Set<String> seen = new HashSet<>();
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    for (int i = 0; i < SIGNALS || (seen.size() < 2 && System.nanoTime() < end); i++) {
      String signalId = accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));
      String outcome;
      do {
        // That it has no contradiction is asserted with every story.
        JsonNode story = report().story(signalId);
        outcome = story.path("row").path("outcome").asText();
        seen.add(outcome);
        assertThat(ofFacts(story)).as(story::toString).isEqualTo(outcome);
        assertThat(story.path("outcome").asText()).isEqualTo(outcome);
      } while (ON_THE_WAY.contains(outcome) && System.nanoTime() < end);
    }
    assertThat(seen).as("read while it was written, and afterwards").hasSizeGreaterThan(1);
  }

  /** As far as these signals get. */
  private static String ofFacts(JsonNode story) {
    List<String> kinds = new ArrayList<>();
    String approved = "";
    for (JsonNode fact : story.path("facts")) {
      kinds.add(fact.path("kind").asText());
      if (fact.path("kind").asText().equals("signal-decided")) {
        approved = fact.path("body").path("decision").path("approved").asText();
      }
    }
    if (!kinds.contains("signal-decided")) {
      return "PENDING";
    }
    if (!approved.equals("true") || kinds.stream().anyMatch(SLOWNESS::contains)) {
      return story.path("row").path("outcome").asText();
    }
    if (kinds.contains("order-ended")) {
      return "FILLED";
    }
    return kinds.contains("order-placed") ? "OPEN" : "PENDING";
  }
}
