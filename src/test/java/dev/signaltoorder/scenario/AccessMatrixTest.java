package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.Person;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Each role on each endpoint, as docs/api.md says: the endpoints are those of the OpenAPI document,
 * so a new one that is not documented fails here.
 */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class AccessMatrixTest extends RunningService {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\| ([^|]*) \\| \\[more]\\(", Pattern.MULTILINE);
  private static final Pattern ROLES =
      Pattern.compile("`sender`|`(reviewer|operator|metrics)`(, `(reviewer|operator|metrics)`)*");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  /** Streams that begin without parameters: only refusals are tried. */
  private static final Set<String> ENDLESS = Set.of("GET /console/signals/changes");

  private static final String NOTHING = "00000000-0000-7000-8000-000000000000";

  @Test
  void everyEndpointIsDocumentedWithItsRoles() throws IOException {
    assertThat(documented().keySet()).isEqualTo(described());
    assertThat(documented().values())
        .allMatch(roles -> ROLES.matcher(roles).matches(), "names roles, nothing else");
  }

  @Test
  void aSourcesOwnSecretIsWhatMakesASender() {
    assertThat(demo().send(Payload.of("CANCEL", freshStrategy())).status()).isEqualTo(202);
  }

  /** Nothing is done: what is let in is refused as incomplete, or finds nothing. */
  @Test
  void eachRoleIsLetInOrRefusedOnEachEndpointAsDocumented() throws IOException {
    SoftAssertions all = new SoftAssertions();
    documented()
        .forEach(
            (call, roles) -> {
              all.assertThat(status(stranger(), call)).as("nobody: %s", call).isEqualTo(401);
              judge(all, call, "reviewer", reviewer(), roles);
              judge(all, call, "operator", operator(), roles);
              judge(all, call, "metrics", scraper(), roles);
            });
    all.assertAll();
  }

  private static void judge(
      SoftAssertions all, String call, String role, Person person, String roles) {
    if (ENDLESS.contains(call) && roles.contains(role)) {
      return;
    }
    int status = status(person, call);
    if (roles.equals("`sender`")) {
      // No role of the users file helps: only the source's own secret does.
      all.assertThat(status).as("%s is no sender: %s", role, call).isEqualTo(401);
    } else if (roles.contains("`" + role + "`")) {
      all.assertThat(status).as("%s may: %s", role, call).isIn(200, 202, 204, 400, 404, 409);
    } else {
      all.assertThat(status).as("%s may not: %s", role, call).isEqualTo(403);
    }
  }

  private static int status(Person person, String call) {
    String[] parts = call.split(" ", 2);
    // Without parameters that the stream needs, it does not begin.
    String path =
        parts[1]
            .replace("{source}", "demo")
            .replace("{token}", "none")
            .replaceAll("\\{[^}]+}", NOTHING);
    Answer answer = parts[0].equals("GET") ? person.get(path) : person.call(parts[0], path, "{}");
    return answer.status();
  }

  private Set<String> described() throws IOException {
    JsonNode paths =
        new ObjectMapper()
            .readTree(atManagementPort().get("/q/openapi?format=json", "application/json").body())
            .path("paths");
    Set<String> calls = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    assertThat(calls).hasSizeGreaterThan(20);
    return calls;
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> calls = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs", "api.md")));
    while (row.find()) {
      if (calls.put(row.group(1), row.group(2).strip()) != null) {
        twice.add(row.group(1));
      }
    }
    assertThat(twice).isEmpty();
    return calls;
  }
}
