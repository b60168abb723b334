package dev.signaltoorder.kraken;

import org.jspecify.annotations.Nullable;

/**
 * Carries one HTTP call to Kraken and says exactly what is known when it is over. Blocking. Never
 * throws for anything the network does, never repeats a call, follows no redirect.
 */
interface Transport extends AutoCloseable {

  /** {@code GET /0/public/<endpoint>?<query>}. */
  Exchange get(String endpoint, FormBody query);

  /** {@code POST /0/private/<endpoint>} with exactly these body bytes. */
  Exchange post(String endpoint, byte[] body, String apiKey, String apiSign);

  @Override
  void close();

  /**
   * What came of a call.
   *
   * @param origin the answer's X-Price-Origin header, null without one
   */
  record Exchange(CallOutcome outcome, @Nullable String origin) {}
}
