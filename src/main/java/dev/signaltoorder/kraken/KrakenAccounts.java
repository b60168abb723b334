package dev.signaltoorder.kraken;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Opens the client of an account. Opening makes no call. */
@ApplicationScoped
public class KrakenAccounts {

  private final RestUrl restUrl;
  private final KrakenConfig config;
  private final KrakenFeedUrls feedUrls;
  private final ReadGuard guard;
  private final Clock clock;
  private final Map<String, AccountLimits> limits = new ConcurrentHashMap<>();
  private final Map<String, KeysCheck> checks = new ConcurrentHashMap<>();

  @Inject
  KrakenAccounts(
      RestUrl restUrl,
      KrakenConfig config,
      KrakenFeedUrls feedUrls,
      PrivateReads guard,
      Clock clock) {
    this.feedUrls = feedUrls;
    this.restUrl = restUrl;
    this.config = config;
    this.guard = guard;
    this.clock = clock;
  }

  /** What may have been called before this process began. */
  public enum Before {
    /** Unknown: the counters at Kraken are taken for full, and calls begin slowly. */
    UNKNOWN,
    /** Nothing: the exchange began with this process. */
    NOTHING
  }

  /**
   * Opens a client with its own threads; the caller closes it. What is known of the account's
   * limits is kept for the next client of the same name.
   *
   * @param account name for the threads
   * @param everyCall told of every call, also of a first try that is repeated, on the key's thread,
   *     before the call's own callback; must be quick
   */
  public KrakenAccountClient open(
      String account,
      KrakenKeys keys,
      RestTier tier,
      Before before,
      NonceStore nonceStore,
      Consumer<CallRecord> everyCall) {
    KrakenSettings settings = KrakenSettings.of(config);
    AccountLimits known =
        limits.computeIfAbsent(
            account,
            a -> new AccountLimits(tier, before == Before.UNKNOWN, clock, new SecureRandom()));
    KeysCheck check =
        checks.computeIfAbsent(
            account,
            a ->
                new KeysCheck(
                    clock, settings.acceptUnprovenKeys(), () -> feedUrls.privateUrl().isPresent()));
    AccountLines lines =
        new AccountLines(
            keys,
            (purpose, key) ->
                new KeyLine(
                    "kraken-" + account + "-" + purpose,
                    signed(key, settings, nonceStore),
                    new Timetable(known.of(key), known.trading()),
                    guard,
                    clock,
                    everyCall));
    return new KrakenAccountClient(lines, known.trading(), check, clock);
  }

  private SignedCalls signed(ApiKey key, KrakenSettings settings, NonceStore nonceStore) {
    return new SignedCalls(
        key,
        new Nonces(nonceStore, key.fingerprint(), clock),
        new RestTransport(restUrl, settings.connectTimeout(), settings.readTimeout()),
        clock);
  }
}
