package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Accounts and their API keys. */
final class PaperKeys {

  private final ExchangeState state;
  private final Map<String, BigDecimal> openingBalances;
  private final SecureRandom random;

  /**
   * @param openingBalances asset id to amount, for every new account
   */
  PaperKeys(ExchangeState state, Map<String, BigDecimal> openingBalances, SecureRandom random) {
    this.state = state;
    this.openingBalances = openingBalances;
    this.random = random;
  }

  /** The account's first key, made with its opening balances if there is none. */
  PaperAccount account(String name, Instant now) {
    for (ApiKey key : state.keys()) {
      if (key.account().equals(name)) {
        return new PaperAccount(name, key.key(), key.secret());
      }
    }
    return another(name, KeyPermission.trading(), now);
  }

  PaperAccount another(String account, Set<KeyPermission> permissions, Instant now) {
    return put(account, randomText(42), randomText(64), permissions, now);
  }

  /** A key that was chosen elsewhere; a known one keeps its nonce. */
  PaperAccount adopt(String account, String key, String secret, Instant now) {
    ApiKey known = state.key(key);
    if (known != null && known.secret().equals(secret) && known.account().equals(account)) {
      return new PaperAccount(account, key, secret);
    }
    return put(account, key, secret, KeyPermission.trading(), now);
  }

  private PaperAccount put(
      String account, String key, String secret, Set<KeyPermission> permissions, Instant now) {
    if (!state.hasAccount(account)) {
      state.openAccount(account, openingBalances);
    }
    state.put(new ApiKey(key, secret, account, Set.copyOf(permissions), 0, now, 0));
    return new PaperAccount(account, key, secret);
  }

  private String randomText(int bytes) {
    byte[] random64 = new byte[bytes];
    random.nextBytes(random64);
    return Base64.getEncoder().encodeToString(random64);
  }
}
