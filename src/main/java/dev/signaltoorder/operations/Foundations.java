package dev.signaltoorder.operations;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
    // Its own reader: what this service wrote itself may be larger than what strangers may send.
    StreamReadConstraints own =
        StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();
    return new Journal(
        dataSource,
        JsonMapper.builder(
                com.fasterxml.jackson.core.JsonFactory.builder().streamReadConstraints(own).build())
            .build());
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
