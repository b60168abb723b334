package dev.signaltoorder.trading;

import dev.signaltoorder.signal.AccountNames;
import jakarta.inject.Singleton;
import java.util.Set;

/** The accounts a source may trade on. */
@Singleton
class ConfiguredAccounts implements AccountNames {
  private final TradingConfig config;

  ConfiguredAccounts(TradingConfig config) {
    this.config = config;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(TradingSettings.read(config).accounts().keySet());
  }
}
