package dev.signaltoorder.operations;

import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.SharedTables;
import dev.signaltoorder.journal.Uuid7;
import dev.signaltoorder.market.MarketData;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.ExpectedSources;
import dev.signaltoorder.trading.AccountSetup;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.MarketDataView;
import dev.signaltoorder.trading.TradingConfig;
import dev.signaltoorder.trading.TradingSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the accounts together and starts them once the configuration was found good. */
@Singleton
class Trading {
  private static final Logger LOG = Logger.getLogger(Trading.class);

  @Produces
  @Singleton
  Accounts accounts(
      TradingConfig config,
      Journal journal,
      FactReader facts,
      SharedTables tables,
      MarketData market,
      ExpectedSources expected,
      KrakenClients clients,
      Uuid7 ids,
      Clock clock,
      DataSource dataSource,
      LoopMeters meters,
      SignalTraces traces,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    TradingSettings settings = TradingSettings.read(config);
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
                        settings.policy().expecting(expected.longestSilence(name)),
                        new RiskEngine(),
                        ids,
                        () -> clients.open(name, keys),
                        settings.lease())));
    return new Accounts(
        setups,
        journal,
        facts,
        tables,
        dataSource,
        new MarketDataView(market),
        clock,
        new AllObservers(List.of(meters, traces)));
  }

  private static RuleSet configured(TradingSettings settings, Clock clock) {
    return new RuleSet(
        1, clock.instant(), "configuration", "the configured rules", settings.rules());
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
