package dev.signaltoorder.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signaltoorder.testing.PostgresResource;
import io.github.bucket4j.TimeMeter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final List<String> FLOOD =
      List.of("key-checked", "loop-started", "trading-halted", "trading-resumed", "order-in-doubt");
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final String schema =
      "outlets_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final List<String> told = new ArrayList<>();
  private boolean receiverIsDead;
  private boolean translatorFails;
  private String untranslatable = "";
  private int deadAfter = Integer.MAX_VALUE;
  private final AtomicLong seconds = new AtomicLong();
  private DataSource runtime;
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
    runtime = inSchema("s2o_runtime");
    cursors = new Cursors(runtime, UUID.randomUUID());
    work = newWork();
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

    assertThat(Instant.parse(Objects.requireNonNull(status().nextTryAt())))
        .isAfter(Instant.parse(Objects.requireNonNull(status().failingSince())).plusSeconds(3));

    receiverIsDead = false;
    // A slow machine may take longer to get here than the pause is.
    run("update outlet_cursor set not_before = clock_timestamp() + interval '1 hour'");
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

  @Test
  void aFloodOfManyClassesIsToldOnceThoughItsLinesDoNotFitIntoAMinute() throws Exception {
    OutletWork people = forPeople();
    people.pass();
    // Of each of five classes seven: five lines and a summary each, thirty lines in all.
    for (String kind : FLOOD) {
      for (int i = 0; i < 7; i++) {
        fact(kind, Duration.ZERO);
      }
    }

    people.pass();
    assertThat(told).hasSize(OutletWork.LINES_PER_MINUTE);
    people.pass();
    assertThat(told).hasSize(OutletWork.LINES_PER_MINUTE);
    assertThat(cursors.due("notifications.test", false)).as("it stays its own").isNotEmpty();
    OutletWork other = forPeople(new Cursors(runtime, UUID.randomUUID()));
    other.pass();
    assertThat(told).as("by another process").hasSize(OutletWork.LINES_PER_MINUTE);

    seconds.addAndGet(60);
    people.pass();

    assertThat(told).hasSize(FLOOD.size() * 6).doesNotHaveDuplicates();
    assertThat(told).filteredOn(line -> line.contains("more")).hasSize(FLOOD.size());
    assertThat(status().behind()).isZero();
    people.pass();
    assertThat(told).hasSize(FLOOD.size() * 6);
  }

  @Test
  void afterAFailureAFloodGoesOnWhereItWas() throws Exception {
    OutletWork people = forPeople();
    people.pass();
    fact(FLOOD.get(1), Duration.ZERO);
    for (int i = 0; i < 7; i++) {
      fact(FLOOD.get(0), Duration.ZERO);
    }
    fact(FLOOD.get(1), Duration.ZERO);
    fact(FLOOD.get(2), Duration.ZERO);
    deadAfter = 7;
    people.pass();
    assertThat(told).hasSize(7);
    assertThat(status().failures()).isEqualTo(1);
    assertThat(status().waitingSince()).isNotNull();
    assertThat(forPeopleElsewhereTold()).as("another process leaves it alone").isEqualTo(7);

    deadAfter = Integer.MAX_VALUE;
    run("update outlet_cursor set not_before = '-infinity'");
    people.pass();

    assertThat(told).hasSize(9).doesNotHaveDuplicates();
    assertThat(told.getLast()).contains("1 more of this kind");
    assertThat(status().behind()).isZero();
    assertThat(status().waitingSince()).isNull();
    assertThat(status().delivered()).isEqualTo(9);
  }

  private int forPeopleElsewhereTold() throws Exception {
    run("update outlet_cursor set not_before = '-infinity'");
    forPeople(new Cursors(runtime, UUID.randomUUID())).pass();
    return told.size();
  }

  @Test
  void whatComesBeforeWhatCannotBeTranslatedIsTold() throws Exception {
    work.pass();
    fact("key-checked", Duration.ZERO);
    fact("loop-started", Duration.ZERO);
    untranslatable = "loop-started";

    work.pass();
    assertThat(told).containsExactly("main-0");
    work.pass();

    assertThat(told).containsExactly("main-0");
    assertThat(status().nextFact()).isEqualTo(1);
    assertThat(status().failures()).isEqualTo(1);
  }

  private OutletWork forPeople() {
    return forPeople(cursors);
  }

  /** Told by what is written, so that a line that comes twice shows. */
  private OutletWork forPeople(Cursors of) {
    Outlet outlet =
        new Outlet(
            "notifications.test",
            "webhook",
            new OneClassPerKind(),
            Set.copyOf(FLOOD),
            event -> {
              if (told.size() >= deadAfter) {
                throw new Sending.NotTakenException("it is dead");
              }
              told.add(event.id() + " " + event.text());
            },
            Pauses.NOTIFICATION,
            true);
    return new OutletWork(
        outlet,
        of,
        new CommittedFacts(runtime),
        Map::of,
        Clock.systemUTC(),
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return Duration.ofSeconds(seconds.get()).toNanos();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        });
  }

  private static final class OneClassPerKind implements Translator {
    @Override
    public Set<String> kinds() {
      return Set.copyOf(FLOOD);
    }

    @Override
    public Set<String> types() {
      return Set.copyOf(FLOOD);
    }

    @Override
    public List<OutboundEvent> of(CommittedFact fact) {
      return List.of(
          new OutboundEvent(
              fact.eventId(),
              fact.kind(),
              fact.recordedAt(),
              JsonNodeFactory.instance.objectNode(),
              fact.kind()));
    }
  }

  private OutletStatus status() throws SQLException {
    return cursors.status().getFirst();
  }

  private OutletWork newWork() {
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
      if (translatorFails || fact.kind().equals(untranslatable)) {
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
