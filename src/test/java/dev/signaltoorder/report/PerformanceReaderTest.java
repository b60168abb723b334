package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.problem.ProblemException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PerformanceReaderTest {
  private static final PerformanceQuery ALL =
      new PerformanceQuery(
          ReportQuery.ALL, PerformanceQuery.GroupBy.STRATEGY, PerformanceQuery.Horizon.HOUR);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile SQLException failure = new SQLException("the database is away", "08006");

  /** Hands out no connection but a failure, once it is told to go on. */
  private final DataSource dataSource =
      (DataSource)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> {
                asked.countDown();
                goOn.await();
                throw failure;
              });

  private final PerformanceReader reader = new PerformanceReader(dataSource);

  @Test
  void oneReportIsMadeAtATimeAndTheNextOneAfterIt() throws Exception {
    Thread first = Thread.ofVirtual().start(this::readInVain);
    asked.await();

    assertThatThrownBy(() -> reader.read(ALL))
        .isInstanceOfSatisfying(
            ProblemException.class, busy -> assertThat(busy.problem().status()).isEqualTo(503));

    goOn.countDown();
    first.join();
    assertThatThrownBy(() -> reader.read(ALL)).hasMessageContaining("the database is away");
  }

  private void readInVain() {
    assertThatThrownBy(() -> reader.read(ALL)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatTakesTooLongIsRefusedWithWhatWouldHelp() {
    goOn.countDown();
    failure = new SQLException("canceling statement due to user request", "57014");

    assertThatThrownBy(() -> reader.read(ALL))
        .isInstanceOf(ReportQueryException.class)
        .hasMessageContaining("from: so much takes longer than 12 s; allowed: a shorter time");
  }
}
