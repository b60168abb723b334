package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.KrakenErrors.Action;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes one private call: nonce, signature, gate, send, record. Each call is sent at most once.
 * Used by one thread, so nonces reach Kraken in their order.
 */
final class SignedCalls {

  private final ApiKey key;
  private final Nonces nonces;
  private final Transport transport;
  private final Clock clock;
  private final CallIds ids;

  SignedCalls(ApiKey key, Nonces nonces, Transport transport, Clock clock) {
    this.key = key;
    this.nonces = nonces;
    this.transport = transport;
    this.clock = clock;
    this.ids = new CallIds(clock);
  }

  String fingerprint() {
    return key.fingerprint();
  }

  CallRecord make(PrivateCall call) {
    long nonce;
    String form;
    byte[] body;
    String signature;
    try {
      nonce = nonces.next();
      form = call.form().withNonce(nonce).encoded();
      body = form.getBytes(US_ASCII);
      signature = key.sign(path(call), Long.toString(nonce), body);
    } catch (RuntimeException e) {
      return unsent(call, new CallOutcome.NotSent(Cause.OTHER, "no nonce: " + kind(e)));
    }
    CallOutcome.NotSent refusal;
    try {
      refusal = call.gate().enter(clock.instant());
    } catch (RuntimeException e) {
      refusal = new CallOutcome.NotSent(Cause.PERMIT_REFUSED, "no permit: " + kind(e));
    }
    if (refusal != null) {
      return unsent(call, refusal);
    }
    Instant startedAt = now();
    Transport.Exchange exchange = send(call, body, signature);
    noteNonce(exchange.outcome());
    CallOutcome outcome = call.redaction().apply(exchange.outcome());
    return record(call, form, nonce, startedAt, exchange.origin(), outcome);
  }

  /** Kraken finds a nonce wrong, or, with any other answer, right. */
  private void noteNonce(CallOutcome outcome) {
    switch (Envelope.of(outcome)) {
      case Envelope.Unusable unusable -> {}
      case Envelope.Clean clean -> nonces.accepted();
      case Envelope.Errors errors -> {
        Action action = KrakenErrors.of(errors.errors().getFirst()).action();
        if (action == Action.NEW_NONCE) {
          nonces.jumpAhead();
        } else {
          nonces.accepted();
        }
      }
    }
  }

  private Transport.Exchange send(PrivateCall call, byte[] body, String signature) {
    try {
      return transport.post(call.endpoint(), body, key.header(), signature);
    } catch (RuntimeException | Error e) {
      // Even a fault of our own must not let an order that may exist pass as not sent.
      return new Transport.Exchange(new CallOutcome.NoReply(Cause.OTHER, kind(e)), null);
    } finally {
      call.gate().leave();
    }
  }

  /** The record of a call of which no byte left. */
  CallRecord unsent(PrivateCall call, CallOutcome.NotSent outcome) {
    return record(call, call.form().encoded(), null, now(), null, outcome);
  }

  /** The record of a call that ended in a fault of our own, sent or not. */
  CallRecord lost(PrivateCall call, Throwable fault) {
    CallOutcome outcome = new CallOutcome.NoReply(Cause.OTHER, kind(fault));
    return record(call, call.form().encoded(), null, now(), null, outcome);
  }

  private CallRecord record(
      PrivateCall call,
      String form,
      @Nullable Long nonce,
      Instant startedAt,
      @Nullable String origin,
      CallOutcome outcome) {
    return new CallRecord(
        ids.next(),
        path(call),
        form,
        nonce,
        key.fingerprint(),
        startedAt,
        now(),
        origin == null ? "kraken" : origin,
        outcome);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String path(PrivateCall call) {
    return "/0/private/" + call.endpoint();
  }

  private static String kind(Throwable e) {
    return e.getClass().getSimpleName();
  }

  void close() {
    transport.close();
  }
}
