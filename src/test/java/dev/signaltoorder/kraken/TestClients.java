package dev.signaltoorder.kraken;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Clients of a simulated Kraken, for tests of other packages. */
public final class TestClients {

  private TestClients() {}

  /** The tier's limits with empty counters. Every key's nonces go on from each other. */
  public static KrakenAccountClient open(
      URI kraken, KrakenKeys keys, RestTier tier, Clock clock, Consumer<CallRecord> everyCall) {
    AtomicLong mark = new AtomicLong();
    NonceStore nonces =
        (key, atLeast, block) ->
            mark.updateAndGet(before -> Math.max(before + 1, atLeast) + block - 1) - block + 1;
    AccountLimits limits = new AccountLimits(tier, false, clock, () -> 0L);
    AccountLines lines =
        new AccountLines(
            keys,
            (purpose, key) ->
                new KeyLine(
                    "test-" + purpose + "-" + key.fingerprint(),
                    new SignedCalls(
                        key,
                        new Nonces(nonces, key.fingerprint(), clock),
                        new RestTransport(
                            () -> kraken, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                        clock),
                    new Timetable(limits.of(key), limits.trading()),
                    ReadGuard.NONE,
                    clock,
                    everyCall));
    return new KrakenAccountClient(
        lines, limits.trading(), new KeysCheck(clock, false, () -> false), clock);
  }
}
