package dev.signaltoorder.kraken;

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
}
