package dev.signaltoorder.crash;

/** Signals without a pause, from all senders, until it is closed. */
final class Load {
  private static final long PAUSE_MS = 400;

  private final Thread thread;
  private volatile boolean stopping;

  private Load(Senders senders) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("load")
            .start(
                () -> {
                  while (!stopping) {
                    senders.burst(1);
                    Stage.sleep(PAUSE_MS);
                  }
                });
  }

  static Load on(Senders senders) {
    return new Load(senders);
  }

  void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
