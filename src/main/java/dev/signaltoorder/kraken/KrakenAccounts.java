package dev.signaltoorder.kraken;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Consumer;

/** Opens the client of an account. Opening makes no call. */
@ApplicationScoped
public class KrakenAccounts {

  private final RestUrl restUrl;
  private final KrakenConfig config;
  private final Clock clock;

  KrakenAccounts(RestUrl restUrl, KrakenConfig config, Clock clock) {
    this.restUrl = restUrl;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Opens a client with its own threads; the caller closes it.
   *
   * @param account name for the threads
   * @param everyCall told of every call, also of a first try that is repeated, on the key's thread,
   *     before the call's own callback; must be quick
   */
  public KrakenAccountClient open(
      String account,
      KrakenKeys keys,
      RestTier tier,
      NonceStore nonceStore,
      Consumer<CallRecord> everyCall) {
    Lockout lockout = new Lockout();
    KeyLine trade = line(account + "-trade", keys.trade(), tier, lockout, nonceStore, everyCall);
    KeyLine read =
        keys.trade().equals(keys.read())
            ? trade
            : line(account + "-read", keys.read(), tier, lockout, nonceStore, everyCall);
    return new KrakenAccountClient(keys, trade, read);
  }

  private KeyLine line(
      String name,
      ApiKey key,
      RestTier tier,
      Lockout lockout,
      NonceStore nonceStore,
      Consumer<CallRecord> everyCall) {
    KrakenSettings settings = KrakenSettings.of(config);
    SignedCalls calls =
        new SignedCalls(
            key,
            new Nonces(nonceStore, key.fingerprint(), clock),
            new RestTransport(restUrl, settings.connectTimeout(), settings.readTimeout()),
            clock);
    return new KeyLine("kraken-" + name, calls, new Standstill(tier, lockout), clock, everyCall);
  }
}
