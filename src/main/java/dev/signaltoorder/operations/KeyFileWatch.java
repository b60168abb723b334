package dev.signaltoorder.operations;

import dev.signaltoorder.trading.Accounts;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Looks at the Kraken key files every few seconds. */
@Singleton
class KeyFileWatch {

  private final KrakenClients clients;
  private final Accounts accounts;

  KeyFileWatch(KrakenClients clients, Accounts accounts) {
    this.clients = clients;
    this.accounts = accounts;
  }

  // By content, not by the file system's events: those miss a symbolic link that is swapped, which
  // is how Kubernetes replaces a secret.
  @Scheduled(
      identity = "kraken-key-files",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    clients.lookAtKeyFiles(accounts::command);
  }
}
