package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.KrakenErrors.AddOrderEffect;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a call apart from Kraken's own error texts ({@link KrakenErrors} has those),
 * and what it proves of an AddOrder: the other half of the table. What fits no row is doubt.
 */
public enum TransportEvent {
  NOT_SENT(
      "refused here, or no connection came about: no byte left",
      AddOrderEffect.NOT_PLACED,
      "our own gates; a request is handed over only once its connection stands"),
  TIMEOUT(
      "no complete answer in time",
      AddOrderEffect.MAYBE_PLACED,
      "veox/python3-krakenex#60 and #98, ccxt/ccxt#527"),
  CONNECTION_LOST(
      "the connection was lost after the request may have been written",
      AddOrderEffect.MAYBE_PLACED,
      "nothingisdead/npm-kraken-api#37"),
  NO_REPLY(
      "no answer, for another reason",
      AddOrderEffect.MAYBE_PLACED,
      "no source: the careful reading"),
  SERVER_ERROR(
      "HTTP 5xx, whatever its body says",
      AddOrderEffect.MAYBE_PLACED,
      "knowm/XChange#1758 and #1899 (executed although 502), 5an1ty/BitBot#27"),
  TURNED_AWAY(
      "HTTP 403 or 429 from the front",
      AddOrderEffect.MAYBE_PLACED,
      "probably not placed, unconfirmed: the careful reading"),
  OTHER_STATUS(
      "another HTTP status than 200",
      AddOrderEffect.MAYBE_PLACED,
      "Kraken documentation, Spot REST Introduction: 200 even for errors"),
  BODY_CUT("the body is cut short", AddOrderEffect.MAYBE_PLACED, "no source: the careful reading"),
  NO_ENVELOPE(
      "HTML, or JSON in another form than Kraken's",
      AddOrderEffect.MAYBE_PLACED,
      "shideneyu/kraken_client#17"),
  NO_ORDER_ID(
      "no error, but not exactly one order id",
      AddOrderEffect.MAYBE_PLACED,
      "Kraken REST reference, AddOrder: txid is in every answer to a live order"),
  ORDER_ID("no error, and one order id", AddOrderEffect.PLACED, "Kraken REST reference, AddOrder");

  private final String meaning;
  private final AddOrderEffect effect;
  private final String source;

  TransportEvent(String meaning, AddOrderEffect effect, String source) {
    this.meaning = meaning;
    this.effect = effect;
    this.source = source;
  }

  /** In a few words. */
  public String meaning() {
    return meaning;
  }

  /** What it proves of an AddOrder. */
  public AddOrderEffect effect() {
    return effect;
  }

  /** Where this was described or seen. */
  public String source() {
    return source;
  }

  /** The row of an outcome; null when Kraken's error texts decide. */
  static @Nullable TransportEvent of(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.NotSent notSent -> NOT_SENT;
      case CallOutcome.NoReply noReply when noReply.cause() == Cause.TIMEOUT -> TIMEOUT;
      case CallOutcome.NoReply noReply when noReply.cause() == Cause.CONNECTION_LOST ->
          CONNECTION_LOST;
      case CallOutcome.NoReply noReply -> NO_REPLY;
      case CallOutcome.Reply reply when reply.httpStatus() / 100 == 5 -> SERVER_ERROR;
      case CallOutcome.Reply reply when reply.httpStatus() == 403 || reply.httpStatus() == 429 ->
          TURNED_AWAY;
      case CallOutcome.Reply reply when reply.httpStatus() != 200 -> OTHER_STATUS;
      case CallOutcome.Reply reply when !reply.complete() -> BODY_CUT;
      case CallOutcome.Reply reply -> ofAnswer(Envelope.of(reply));
    };
  }

  private static @Nullable TransportEvent ofAnswer(Envelope envelope) {
    return switch (envelope) {
      case Envelope.Unusable unusable -> NO_ENVELOPE;
      case Envelope.Errors errors -> null;
      case Envelope.Clean clean ->
          AddOrderReading.orderId(clean.result()) == null ? NO_ORDER_ID : ORDER_ID;
    };
  }
}
