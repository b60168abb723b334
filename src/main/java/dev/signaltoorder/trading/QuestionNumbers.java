package dev.signaltoorder.trading;

import java.util.function.LongSupplier;

/** Numbers the questions that one process asks, from 1 on. Of the account core's own thread. */
final class QuestionNumbers implements LongSupplier {
  private long last;

  @Override
  public long getAsLong() {
    return ++last;
  }
}
