package dev.signaltoorder.kraken;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** The guard of all private reads of the process: Kraken's trouble is seldom one account's. */
@ApplicationScoped
class PrivateReads implements ReadGuard {

  private final GuardedPrivateReads guarded;

  PrivateReads(GuardedPrivateReads guarded) {
    this.guarded = guarded;
  }

  @Override
  public @Nullable CallRecord make(Supplier<CallRecord> attempt) {
    try {
      return guarded.read(attempt);
    } catch (GuardedPrivateReads.TroubleException e) {
      return e.call();
    } catch (CircuitBreakerOpenException e) {
      return null;
    }
  }
}
