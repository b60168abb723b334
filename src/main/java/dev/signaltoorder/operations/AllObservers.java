package dev.signaltoorder.operations;

import dev.signaltoorder.trading.Fact;
import dev.signaltoorder.trading.LoopObserver;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells several observers, and keeps what goes wrong in one of them away from the loop. */
record AllObservers(List<LoopObserver> observers) implements LoopObserver {
  private static final Logger LOG = Logger.getLogger(AllObservers.class);

  @Override
  public void committed(String account, List<Fact> facts, long nanos) {
    each(observer -> observer.committed(account, facts, nanos));
  }

  @Override
  public void alarmed(String account) {
    each(observer -> observer.alarmed(account));
  }

  private void each(Consumer<LoopObserver> call) {
    for (LoopObserver observer : observers) {
      try {
        call.accept(observer);
      } catch (RuntimeException e) {
        LOG.warnf(e, "an observer failed; trading goes on");
      }
    }
  }
}
