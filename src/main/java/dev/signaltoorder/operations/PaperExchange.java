package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.KrakenKeys;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperConfigurationCheck;
import dev.signaltoorder.paper.PaperExchangeServer;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The simulated Kraken of paper mode: started when it is first needed, never in another mode. */
@Singleton
public class PaperExchange {
  private final PaperConfigurationCheck config;
  private final Clock clock;
  private final Vertx vertx;
  private @Nullable PaperExchangeServer server;
  private @Nullable URI address;

  PaperExchange(PaperConfigurationCheck config, Clock clock, Vertx vertx) {
    this.config = config;
    this.clock = clock;
    this.vertx = vertx;
  }

  /** Where it listens. */
  synchronized URI address() {
    server();
    return java.util.Objects.requireNonNull(address);
  }

  /** The key of a simulated account, made if there is none. */
  KrakenKeys keysOf(String account) {
    PaperAccount paper = server().createAccount(account);
    return KrakenKeys.of(paper.apiKey(), paper.apiSecret());
  }

  /** The server itself; tests look at its book through it. */
  public synchronized PaperExchangeServer server() {
    if (server == null) {
      PaperExchangeServer starting = new PaperExchangeServer(config.settings(), clock, vertx);
      address = starting.start();
      server = starting;
    }
    return server;
  }

  @PreDestroy
  synchronized void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }
}
