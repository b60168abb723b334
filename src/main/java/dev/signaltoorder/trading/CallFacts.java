package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns calls into the facts that keep them. */
final class CallFacts {
  private CallFacts() {}

  static Recorded called(
      CallRecord call, String purpose, @Nullable UUID signalId, @Nullable UUID orderId) {
    CallOutcome outcome = call.outcome();
    String label =
        switch (outcome) {
          case CallOutcome.Reply reply -> "REPLY";
          case CallOutcome.NotSent notSent -> "NOT_SENT";
          case CallOutcome.NoReply noReply -> "NO_REPLY";
        };
    String detail =
        switch (outcome) {
          case CallOutcome.Reply reply -> reply.complete() ? null : "the answer was cut short";
          case CallOutcome.NotSent notSent -> notSent.cause() + ": " + notSent.detail();
          case CallOutcome.NoReply noReply -> noReply.cause() + ": " + noReply.detail();
        };
    Fact fact =
        new Fact.KrakenCalled(
            call.callId(),
            signalId,
            orderId,
            purpose,
            call.endpoint(),
            call.request(),
            call.nonce(),
            call.keyFingerprint(),
            call.startedAt(),
            call.finishedAt(),
            label,
            outcome instanceof CallOutcome.Reply reply ? (Integer) reply.httpStatus() : null,
            detail);
    return new Recorded(fact, outcome instanceof CallOutcome.Reply reply ? reply.body() : null);
  }

  static Recorded marketRead(CallRecord call) {
    CallOutcome outcome = call.outcome();
    Fact fact =
        new Fact.MarketRead(
            call.callId(),
            call.endpoint(),
            call.request(),
            call.startedAt(),
            call.finishedAt(),
            outcome instanceof CallOutcome.Reply reply ? (Integer) reply.httpStatus() : null,
            call.origin());
    return new Recorded(fact, outcome instanceof CallOutcome.Reply reply ? reply.body() : null);
  }
}
