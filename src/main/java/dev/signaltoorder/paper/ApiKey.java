package dev.signaltoorder.paper;

import java.time.Instant;
import java.util.Set;

/**
 * An API key of an account.
 *
 * @param key public part
 * @param secret base64
 * @param account whose key it is
 * @param permissions what it may do
 * @param lastNonce highest nonce accepted, unsigned; 0 before the first
 * @param createdAt when it was made
 * @param nonceWindow how far below the highest nonce one is still taken; 0: not at all
 */
record ApiKey(
    String key,
    String secret,
    String account,
    Set<KeyPermission> permissions,
    long lastNonce,
    Instant createdAt,
    long nonceWindow) {

  boolean mayAny(KeyPermission... wanted) {
    for (KeyPermission permission : wanted) {
      if (permissions.contains(permission)) {
        return true;
      }
    }
    return false;
  }

  ApiKey withNonce(long nonce) {
    return new ApiKey(key, secret, account, permissions, nonce, createdAt, nonceWindow);
  }

  ApiKey withWindow(long window) {
    return new ApiKey(key, secret, account, permissions, lastNonce, createdAt, window);
  }

  @Override
  public String toString() {
    return "ApiKey[account=" + account + "]";
  }
}
