package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.Roles;
import dev.signaltoorder.access.UsersFile;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Load;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.ServiceResource;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets of senders and of people are replaced while deliveries come in. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class SecretsRotationTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String NEW_PERSON = "nora";

  private final Path secrets = ServiceResource.secretsFile(ServiceResource.DEMO);
  private final Path users = ServiceResource.usersFile();
  private List<String> originalSecrets = List.of();
  private List<String> originalUsers = List.of();

  @BeforeEach
  void remember() throws IOException {
    originalSecrets = Files.readAllLines(secrets);
    originalUsers = Files.readAllLines(users);
    // The watch must have seen what there is before something else is there.
    await()
        .during(Duration.ofSeconds(6))
        .atMost(PATIENCE)
        .until(() -> demo().send(Payload.of("CANCEL", freshStrategy())).status() == 202);
  }

  @AfterEach
  void restore() throws IOException {
    put(secrets, originalSecrets);
    put(users, originalUsers);
    await().atMost(PATIENCE).until(() -> signedByStranger().status() == 401);
    // Known again to the tests after this one: the last of the file is left out here.
    await()
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(() -> secondOperator().get("/operations/status").status() == 200);
  }

  @Test
  void aSecretIsReplacedUnderLoadWithoutALostDeliveryAndIsOnRecord() throws Exception {
    Load load = Load.of(this::delivered, 202);
    int before = replaced("source demo");
    assertThat(signedByStranger().status()).isEqualTo(401);

    put(secrets, List.of(TestSecrets.DEMO, TestSecrets.STRANGER));
    await().atMost(PATIENCE).until(() -> signedByStranger().status() == 202);
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> replaced("source demo") > before);
    put(secrets, List.of(TestSecrets.DEMO, TestSecrets.DEMO_NEXT));
    await().atMost(PATIENCE).until(() -> signedByStranger().status() == 401);
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> replaced("source demo") > before + 1);

    load.endsWithoutAFailure();
    assertThat(export()).doesNotContain(TestSecrets.STRANGER, TestSecrets.DEMO);
  }

  private Answer delivered() {
    return demo().send(Payload.of("CANCEL", freshStrategy()));
  }

  @Test
  void aNewPersonSignsInUnderLoadAndTheChangeIsOnRecord() throws Exception {
    Load deliveries = Load.of(this::delivered, 202);
    Load others = Load.of(() -> reviewer().get("/operations/status"), 200);
    assertThat(impostor(NEW_PERSON, "a password of hers").get("/audit/report").status())
        .isEqualTo(401);
    int before = replaced("users");
    PasswordHash hash =
        PasswordHash.of(
            "a password of hers".toCharArray(), PasswordHash.ITERATIONS_MIN, new SecureRandom());

    put(
        users,
        Stream.concat(
                originalUsers.stream(),
                Stream.of(UsersFile.line(NEW_PERSON, hash, Set.of(Roles.REVIEWER))))
            .toList());

    await()
        .atMost(PATIENCE)
        .until(
            () -> impostor(NEW_PERSON, "a password of hers").get("/audit/report").status() == 200);
    await().atMost(PATIENCE).pollInterval(PAUSE).until(() -> replaced("users") > before);
    deliveries.endsWithoutAFailure();
    others.endsWithoutAFailure();
    assertThat(export()).doesNotContain(hash.written());
  }

  @Test
  void aTokenWorksUntilItIsRemovedAndAWrongOneIsToldSo() throws Exception {
    String token = "3f1c-a-token-of-the-tests-" + UUID.randomUUID();
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8)));
    put(
        users,
        Stream.concat(
                originalUsers.stream(),
                Stream.of("robot:token-sha256$" + digest + ":" + Roles.REVIEWER))
            .toList());

    await().atMost(PATIENCE).until(() -> program(token).get("/operations/status").status() == 200);
    assertThat(program(token).get("/console/operations").status()).isEqualTo(403);
    Answer wrong = program(token + "x").get("/operations/status");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(wrong.header("Content-Type")).isEqualTo("application/problem+json");

    put(users, originalUsers);
    await().atMost(PATIENCE).until(() -> program(token).get("/operations/status").status() == 401);
  }

  @Test
  void aStreamOfTheFeedEndsSoonAfterTheUsersWereReplaced() throws Exception {
    String path = "/feed?account=" + RoomyProfile.ACCOUNT;
    Thread stream =
        Thread.ofVirtual()
            .start(() -> reviewer().streamUntil(path, line -> false, PATIENCE.multipliedBy(2)));
    stream.join(Duration.ofSeconds(7));
    assertThat(stream.isAlive()).as("it goes on as long as nothing changes").isTrue();

    put(users, Stream.concat(Stream.of("# another file"), originalUsers.stream()).toList());
    stream.join(Duration.ofSeconds(7));
    assertThat(stream.isAlive()).as("a comment changes nobody").isTrue();
    put(users, originalUsers.subList(0, originalUsers.size() - 1));

    assertThat(stream.join(PATIENCE)).as("it ended").isTrue();
  }

  private Answer signedByStranger() {
    return demo().signingWith(TestSecrets.STRANGER).send(Payload.of("CANCEL", freshStrategy()));
  }

  private static void put(Path file, List<String> lines) throws IOException {
    Path beside = Files.write(file.resolveSibling(file.getFileName() + ".new"), lines);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** How many such facts there are. */
  private int replaced(String what) {
    return (int)
        export()
            .lines()
            .filter(line -> line.contains("secrets-replaced") && line.contains(what))
            .count();
  }

  private String export() {
    return reviewer().get("/audit/export?account=" + RoomyProfile.ACCOUNT).body();
  }
}
