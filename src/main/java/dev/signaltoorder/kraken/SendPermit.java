package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asked on the sending thread immediately before an order's first byte. Once a permit was given the
 * call is "begun"; {@link #done} is called when it is over, whatever happened.
 */
public interface SendPermit {

  /** Null if the call may begin now; otherwise why not. */
  @Nullable String begin();

  /** The begun call is over. */
  void done();

  /**
   * After this instant {@link #begin} will refuse, so waiting longer is in vain; null if unknown.
   */
  default @Nullable Instant latest() {
    return null;
  }

  /** This permit, with the instant after which it will refuse. */
  default SendPermit until(Instant latest) {
    SendPermit asked = this;
    return new SendPermit() {
      @Override
      public @Nullable String begin() {
        return asked.begin();
      }

      @Override
      public void done() {
        asked.done();
      }

      @Override
      public Instant latest() {
        return latest;
      }
    };
  }
}
