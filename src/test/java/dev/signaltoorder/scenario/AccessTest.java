package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.Person;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, and what nobody ever gets to see. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class AccessTest extends RunningService {
  private static final String NO_SIGNAL = "00000000-0000-7000-8000-000000000000";

  /** Nothing is done: every body that is let in is refused as incomplete. */
  @ParameterizedTest
  @CsvSource({
    "GET,  /,                     200, 403",
    "GET,  /audit/report,         200, 403",
    "GET,  /audit/report.csv,     200, 403",
    "GET,  /audit/signals/" + NO_SIGNAL + ", 404, 403",
    "GET,  /console/positions,    200, 200",
    "GET,  /console/rules,        200, 200",
    "GET,  /console/audit,        200, 403",
    "GET,  /console/operations,   403, 200",
    "GET,  /operations/status,    200, 200",
    "GET,  /operations/rules,     200, 200",
    "PUT,  /operations/rules,     403, 400",
    "POST, /operations/halt,      403, 400",
    "POST, /operations/resume,    403, 400",
    "POST, /operations/arm,       403, 400",
    "POST, /operations/disarm,    403, 400",
    "POST, /operations/settle,    403, 400",
    "GET,  /paper/faults,         403, 200",
    "POST, /paper/faults,         403, 400",
  })
  void eachRoleHasItsEndpoints(String method, String path, int reviewer, int operator) {
    assumeFalse(
        isPackaged() && path.startsWith("/paper"), "the packaged program runs in live mode here");
    assertThat(call(reviewer(), method, path).status()).isEqualTo(reviewer);
    assertThat(call(operator(), method, path).status()).isEqualTo(operator);
    Answer nobody = call(stranger(), method, path);
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).containsIgnoringCase("basic");
    assertThat(nobody.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreTheSame() {
    Answer wrong = impostor(TestSecrets.REVIEWER, "guessed").get("/audit/report");
    Answer unknown = impostor("nobody", "guessed").get("/audit/report");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @Test
  void whoLacksTheRoleIsOnRecordWithNameAndPath() {
    try (LogWatch log = LogWatch.start()) {
      assertThat(reviewer().call("POST", "/operations/halt?x=1", "{}").status()).isEqualTo(403);

      assertThat(log.text())
          .contains(TestSecrets.REVIEWER + " may not POST /operations/halt")
          .doesNotContain("x=1");
    }
  }

  @Test
  void aFloodOfStrangersKeepsNobodyOutWhoWasIn() throws Exception {
    // Strangers use up what may fail at this address: the people of other tests are known by then.
    assertThat(scraper().get("/operations/status").status()).isEqualTo(403);
    List<Person> people = List.of(reviewer(), operator(), secondOperator());
    people.forEach(person -> assertThat(person.get("/operations/status").status()).isEqualTo(200));
    List<Answer> answers = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        String name = "stranger" + i;
        threads.execute(() -> answers.add(impostor(name, "x").get("/operations/status")));
      }
      people.forEach(
          person -> assertThat(person.get("/operations/status").status()).isEqualTo(200));
    }

    assertThat(answers).hasSize(100);
    assertThat(answers).extracting(Answer::status).isSubsetOf(401, 503);
    assertThat(answers)
        .extracting(answer -> answer.header("Content-Type"))
        .containsOnly("application/problem+json");
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 503)
        .allMatch(answer -> answer.body().contains("sign-in-busy"));
    assertThat(atManagementPort().get("/q/metrics").body())
        .contains("signal_to_order_sign_ins_total{by=\"password\",outcome=\"busy\"}");
  }

  @Test
  void theManagementPortHasNoSignalsAndThePublicPortNoManagement() {
    assertThat(atManagementPort().get("/q/health/ready").status()).isEqualTo(200);
    assertThat(atManagementPort().get("/q/openapi").body()).contains("/webhooks/{source}");
    assertThat(atManagementPort().get("/audit/report").status()).isEqualTo(404);
    assertThat(reviewer().get("/q/metrics").status()).isEqualTo(404);
  }

  @Test
  void noSecretTurnsUpAnywhere() {
    String strategy = freshStrategy();
    List<String> seen = new ArrayList<>();
    try (LogWatch log = LogWatch.start()) {

      String filled = ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.001"));
      byte[] body = Payload.of("HOLD", strategy).with("/token", TestSecrets.BODY_TOKEN).flat();
      seen.add(sender(ServiceResource.TRADINGVIEW).postBare(body).body());
      seen.add(sender(ServiceResource.PATH + "/" + TestSecrets.PATH_TOKEN).postBare(body).body());
      seen.add(demo().signingWith(TestSecrets.STRANGER).send(Sender.freshId(), body).body());
      seen.add(demo().send(Sender.freshId(), text("{\"wrong\":")).body());
      seen.add(operator().call("POST", "/operations/halt", "{\"scope\":").body());
      seen.add(reviewer().get("/audit/report?from=yesterday").body());
      seen.add(reviewer().get("/audit/signals/" + UUID.randomUUID()).body());
      seen.add(stranger().get("/audit/report").body());
      seen.add(report().story(filled).toString());
      seen.add(reviewer().get("/audit/signals/" + filled, "text/html").body());
      seen.add(report().rowsOf(strategy).toString());
      seen.add(reviewer().get("/", "text/html").body());
      seen.add(reviewer().get("/operations/status").body());
      seen.add(atManagementPort().get("/q/metrics").body());
      seen.add(atManagementPort().get("/q/health").body());
      seen.add(Journal.everything());
      seen.add(log.text());
    }

    String everything = String.join("\n", seen);
    assertThat(everything).contains(strategy, "signal_to_order_deliveries_total");
    List<String> secrets = new ArrayList<>(TestSecrets.canaries());
    secrets.add(accountAtExchange(RoomyProfile.ACCOUNT).apiKey());
    secrets.add(accountAtExchange(RoomyProfile.ACCOUNT).apiSecret());
    secrets.add(ConfigProvider.getConfig().getValue("quarkus.datasource.password", String.class));
    secrets.add(ConfigProvider.getConfig().getValue("quarkus.flyway.password", String.class));
    assertThat(secrets)
        .allSatisfy(
            secret ->
                assertThat(everything.contains(secret)).as("%.8s… turns up", secret).isFalse());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Answer call(Person person, String method, String path) {
    return method.equals("GET") ? person.get(path) : person.call(method, path, "{}");
  }
}
