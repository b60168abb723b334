package dev.signaltoorder.crash;

import java.util.concurrent.CountDownLatch;

/** A network that can fall silent: what is sent stays on its way until the network is healed. */
final class Wire {
  private volatile CountDownLatch silence = new CountDownLatch(0);

  void silence() {
    silence = new CountDownLatch(1);
  }

  void heal() {
    silence.countDown();
  }

  /** Returns at once, or when the network is healed. */
  void pass() {
    try {
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
