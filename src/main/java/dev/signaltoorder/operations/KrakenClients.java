package dev.signaltoorder.operations;

import dev.signaltoorder.journal.PostgresNonceStore;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.KrakenAccountClient;
import dev.signaltoorder.kraken.KrakenAccountStatus;
import dev.signaltoorder.kraken.KrakenAccounts;
import dev.signaltoorder.kraken.KrakenAccounts.Before;
import dev.signaltoorder.kraken.KrakenErrors;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.market.MarketData;
import dev.signaltoorder.trading.Exchange;
import dev.signaltoorder.trading.KrakenExchange;
import dev.signaltoorder.trading.Message;
import dev.signaltoorder.trading.TradingSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The accounts' clients that are in use, and their keys. */
@Singleton
class KrakenClients {

  private final KrakenAccounts kraken;
  private final PaperExchange paper;
  private final PostgresNonceStore nonces;
  private final KrakenMeters meters;
  private final MarketData market;
  private final KrakenFeeds feeds;
  private final Clock clock;
  private final Map<String, KrakenAccountClient> clients = new ConcurrentHashMap<>();
  private final Map<String, Keyring> keyrings = new ConcurrentHashMap<>();

  KrakenClients(
      KrakenAccounts kraken,
      PaperExchange paper,
      DataSource dataSource,
      KrakenMeters meters,
      MarketData market,
      KrakenFeeds feeds,
      Clock clock) {
    this.feeds = feeds;
    this.kraken = kraken;
    this.paper = paper;
    this.nonces = new PostgresNonceStore(dataSource);
    this.meters = meters;
    this.market = market;
    this.clock = clock;
  }

  /** Opens an account at Kraken, for one term of its loop. */
  Exchange open(String name, TradingSettings.AccountKeys account) {
    return new KrakenExchange(
        account
            .files()
            .map(files -> keyrings.computeIfAbsent(name, n -> new Keyring(files, clock)))
            .map(keyring -> openReal(name, account, keyring))
            .orElseGet(() -> openOnPaper(name, account)),
        name,
        feeds);
  }

  private KrakenAccountClient openReal(
      String name, TradingSettings.AccountKeys account, Keyring keyring) {
    KrakenAccountClient client =
        kraken.open(
            name,
            keyring.inUse(),
            account.tier(),
            Before.UNKNOWN,
            nonces::reserve,
            observerOf(name));
    keyring.opened(client);
    return inUse(name, client);
  }

  private KrakenAccountClient openOnPaper(String name, TradingSettings.AccountKeys account) {
    return inUse(
        name,
        kraken.open(
            name,
            paper.keysOf(name),
            account.tier(),
            // The simulated exchange counts from its own start, which is this process's.
            Before.NOTHING,
            nonces::reserve,
            observerOf(name)));
  }

  private Consumer<CallRecord> observerOf(String name) {
    return meters
        .observerOf(name)
        .andThen(
            call -> {
              if (call.errors().stream().anyMatch(KrakenClients::meansStalePairs)) {
                market.reloadPairs();
              }
            });
  }

  private static boolean meansStalePairs(String error) {
    return KrakenErrors.of(error).action() == KrakenErrors.Action.RELOAD_PAIRS;
  }

  private KrakenAccountClient inUse(String name, KrakenAccountClient client) {
    clients.put(name, client);
    meters.watch(name, () -> clients.getOrDefault(name, client).status());
    return client;
  }

  /** How each account stands with Kraken's limits. */
  Map<String, KrakenAccountStatus> status() {
    Map<String, KrakenAccountStatus> all = new TreeMap<>();
    clients.forEach((name, client) -> all.put(name, client.status()));
    return all;
  }

  /**
   * Looks whether key files were replaced.
   *
   * @param tell takes what an account's journal has to know
   */
  void lookAtKeyFiles(BiConsumer<String, Message> tell) {
    keyrings.forEach((name, keyring) -> keyring.look(message -> tell.accept(name, message)));
  }
}
