package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;

/** Finished calls for tests. */
final class Calls {

  private Calls() {}

  static CallRecord ended(CallOutcome outcome) {
    return new CallRecord(
        new UUID(0, 1),
        "/0/private/AddOrder",
        "nonce=1",
        1L,
        "0123456789ab",
        Instant.EPOCH,
        Instant.EPOCH,
        "kraken",
        outcome);
  }

  static CallRecord answered(String body) {
    return ended(reply(200, body));
  }

  static CallOutcome.Reply reply(int status, String body) {
    return new CallOutcome.Reply(status, body.getBytes(UTF_8), true);
  }
}
