package dev.signaltoorder.operations;

import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.SharedTables;
import dev.signaltoorder.journal.Uuid7;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** The plain objects that the rest is built on. */
@Singleton
class Foundations {
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  /** UTC, in whole microseconds: what the journal keeps is what was computed with. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), MICROSECOND);
  }

  @Produces
  @Singleton
  Uuid7 ids(Clock clock) {
    return new Uuid7(clock, new SecureRandom());
  }

  @Produces
  @Singleton
  Journal journal(DataSource dataSource) {
    return new Journal(dataSource);
  }

  @Produces
  @Singleton
  FactReader factReader(DataSource dataSource) {
    return new FactReader(dataSource);
  }

  @Produces
  @Singleton
  SharedTables sharedTables(DataSource dataSource) {
    return SharedTables.of(dataSource, UUID.randomUUID(), processName());
  }

  /** For people: which machine, which process. */
  private static String processName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown host";
    }
    return host + "/" + ProcessHandle.current().pid();
  }
}
