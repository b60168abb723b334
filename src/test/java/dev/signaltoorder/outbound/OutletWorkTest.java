package dev.signaltoorder.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signaltoorder.testing.PostgresResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a receiver is told, and what is kept for it, over a real database. */
@NullUnmarked // the fields are set before each test
class OutletWorkTest {
  private static final String ACCOUNT = "main";
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final String schema =
      "outlets_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final List<String> told = new ArrayList<>();
  private boolean receiverIsDead;
  private boolean translatorFails;
  private DataSource owner;
  private Cursors cursors;
  private OutletWork work;
  private long size;

  @BeforeEach
  void aJournal() throws SQLException {
    owner = inSchema("s2o_owner");
    run("create schema " + schema);
    Flyway.configure()
        .dataSource(owner)
        .schemas(schema)
        .placeholders(Map.of("runtimeRole", "s2o_runtime", "reviewerRole", "s2o_reviewer"))
        .load()
        .migrate();
    run("grant usage on schema " + schema + " to s2o_runtime");
    run("insert into lease (account) values ('" + ACCOUNT + "')");
    DataSource runtime = inSchema("s2o_runtime");
    cursors = new Cursors(runtime, UUID.randomUUID());
    work = newWork(runtime);
  }

  @AfterEach
  void dropIt() throws SQLException {
    run("drop schema " + schema + " cascade");
  }

  @Test
  void aNewReceiverIsToldWhatTheTermThatHasJustBegunHasSeen() throws Exception {
    fact("loop-started", LONG_AGO);
    fact("key-checked", LONG_AGO);
    fact("loop-started", Duration.ofSeconds(2));
    fact("key-checked", Duration.ofSeconds(1));

    work.pass();

    assertThat(told).containsExactly("main-2", "main-3");
  }

  @Test
  void aNewReceiverIsNotToldThePastAndMissesNothingThatComes() throws Exception {
    fact("loop-started", LONG_AGO);
    fact("key-checked", LONG_AGO);
    work.pass();
    assertThat(told).isEmpty();

    fact("key-checked", Duration.ZERO);
    work.pass();
    work.pass();

    assertThat(told).containsExactly("main-2");
  }

  @Test
  void whatADeadReceiverDidNotTakeIsKeptForIt() throws Exception {
    work.pass();
    fact("key-checked", Duration.ZERO);
    receiverIsDead = true;
    work.pass();
    assertThat(status().lastError()).isEqualTo("it is dead");
    assertThat(status().nextFact()).isZero();

    receiverIsDead = false;
    work.pass();
    assertThat(told).as("its pause is not over").isEmpty();
    assertThat(cursors.move("feed.test", ACCOUNT, 0)).isTrue();
    work.pass();

    assertThat(told).containsExactly("main-0");
    assertThat(status().failures()).isZero();
  }

  @Test
  void whatCannotBeTranslatedIsSeenAndNotSkipped() throws Exception {
    work.pass();
    fact("key-checked", Duration.ZERO);
    translatorFails = true;

    work.pass();

    assertThat(status().failures()).isEqualTo(1);
    assertThat(status().lastError()).isEqualTo("it cannot be told: IllegalStateException");
    assertThat(status().nextFact()).isZero();
    assertThat(status().behind()).isEqualTo(1);
  }

  private OutletStatus status() throws SQLException {
    return cursors.status().getFirst();
  }

  private OutletWork newWork(DataSource runtime) {
    Outlet outlet =
        new Outlet(
            "feed.test",
            "webhook",
            new EveryFact(),
            Set.of("fact"),
            event -> {
              if (receiverIsDead) {
                throw new Sending.NotTakenException("it is dead");
              }
              told.add(event.id());
            },
            Pauses.FEED,
            false);
    return new OutletWork(outlet, cursors, new CommittedFacts(runtime), Map::of, Clock.systemUTC());
  }

  private final class EveryFact implements Translator {
    @Override
    public Set<String> kinds() {
      return Set.of("loop-started", "key-checked");
    }

    @Override
    public Set<String> types() {
      return Set.of("fact");
    }

    @Override
    public List<OutboundEvent> of(CommittedFact fact) {
      if (translatorFails) {
        throw new IllegalStateException("not understood");
      }
      return List.of(
          new OutboundEvent(
              fact.eventId(),
              "fact",
              fact.recordedAt(),
              JsonNodeFactory.instance.objectNode(),
              fact.kind()));
    }
  }

  private void fact(String kind, Duration ago) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into journal (account, seq, recorded_at, kind, body, canonical, leaf_hash)"
                    + " values (?, ?, clock_timestamp() - ? * interval '1 second', ?, '{}', '{}',"
                    + " decode(repeat('00', 32), 'hex'))")) {
      statement.setString(1, ACCOUNT);
      statement.setLong(2, size++);
      statement.setLong(3, ago.toSeconds());
      statement.setString(4, kind);
      statement.executeUpdate();
    }
    run("update lease set journal_size = " + size);
  }

  private DataSource inSchema(String role) {
    PGSimpleDataSource postgres = (PGSimpleDataSource) PostgresResource.as(role);
    postgres.setCurrentSchema(schema);
    return postgres;
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
