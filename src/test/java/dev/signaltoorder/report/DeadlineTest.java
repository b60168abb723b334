package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  @Test
  void tellsHowMuchIsLeftOneSecondAtLeast() throws Exception {
    assertThat(Deadline.in(3_600).secondsLeft()).isBetween(3_000, 3_600);
  }

  @Test
  void onceItIsOverItSaysWhatTheDatabaseWouldSay() {
    assertThatThrownBy(Deadline.in(0)::secondsLeft)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(Deadline.PASSED));
  }
}
