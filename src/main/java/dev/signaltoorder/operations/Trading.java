package dev.signaltoorder.operations;

import dev.signaltoorder.journal.Inbox;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.PostgresNonceStore;
import dev.signaltoorder.journal.Uuid7;
import dev.signaltoorder.kraken.KeyFiles;
import dev.signaltoorder.kraken.KrakenAccounts;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.kraken.KrakenKeys;
import dev.signaltoorder.market.MarketData;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.trading.AccountSetup;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Exchange;
import dev.signaltoorder.trading.KrakenExchange;
import dev.signaltoorder.trading.MarketDataView;
import dev.signaltoorder.trading.TradingConfig;
import dev.signaltoorder.trading.TradingSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the accounts together and starts them once the configuration was found good. */
@Singleton
class Trading {
  private static final Logger LOG = Logger.getLogger(Trading.class);

  /** An order may begin only while the lease lasts at least this much longer. */
  private static final Duration LEASE_MARGIN = Duration.ofMillis(1_500);

  @Produces
  @Singleton
  Accounts accounts(
      TradingConfig config,
      Journal journal,
      Inbox inbox,
      MarketData market,
      KrakenAccounts kraken,
      KrakenFeeds feeds,
      PaperExchange paper,
      Uuid7 ids,
      Clock clock,
      DataSource dataSource,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    TradingSettings settings = TradingSettings.read(config);
    PostgresNonceStore nonces = new PostgresNonceStore(dataSource);
    List<AccountSetup> setups = new ArrayList<>();
    settings
        .accounts()
        .forEach(
            (name, keys) ->
                setups.add(
                    new AccountSetup(
                        name,
                        settings.mode(),
                        version,
                        configured(settings, clock),
                        settings.policy(),
                        new RiskEngine(),
                        ids,
                        () -> open(name, keys, kraken, feeds, paper, nonces, clock),
                        LEASE_MARGIN)));
    return new Accounts(setups, journal, inbox, new MarketDataView(market), clock);
  }

  private static RuleSet configured(TradingSettings settings, Clock clock) {
    return new RuleSet(
        1, clock.instant(), "configuration", "the configured rules", settings.rules());
  }

  private static Exchange open(
      String name,
      TradingSettings.AccountKeys account,
      KrakenAccounts kraken,
      KrakenFeeds feeds,
      PaperExchange paper,
      PostgresNonceStore nonces,
      Clock clock) {
    KrakenKeys keys = account.files().map(Trading::load).orElseGet(() -> paper.keysOf(name));
    return new KrakenExchange(
        kraken.open(name, keys, account.tier(), nonces::reserve, call -> {}), clock, name, feeds);
  }

  private static KrakenKeys load(KeyFiles files) {
    return switch (files.load()) {
      case KeyFiles.Loaded loaded -> loaded.keys();
      case KeyFiles.Unusable unusable ->
          throw new IllegalStateException(
              "the key files cannot be used: " + unusable.problems().getFirst().line());
    };
  }

  /** After the configuration checks (priority 1). */
  void start(
      @Observes StartupEvent event, TradingConfig config, PaperExchange paper, Accounts accounts) {
    if (config.mode().strip().equals("paper")) {
      // Now, so that a port that is taken stops the start instead of every later call.
      LOG.infof("paper mode: simulated Kraken at %s", paper.address());
    }
    accounts.start();
  }

  /** While the database can still be reached. */
  void stop(@Observes ShutdownEvent event, Accounts accounts) {
    accounts.close();
  }
}
