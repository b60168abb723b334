package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.KrakenErrors.AddOrderEffect;

/**
 * Reads what a finished AddOrder call proves. Placed needs an order id; not placed needs proof; all
 * else is doubt: time-outs, resets and 5xx have hidden placed orders (veox/python3-krakenex#60 and
 * #98, knowm/XChange#1899).
 */
final class AddOrderReading {

  private AddOrderReading() {}

  static AddOrderVerdict of(CallRecord call, boolean validateOnly) {
    if (call.outcome() instanceof CallOutcome.NotSent notSent) {
      return new AddOrderVerdict.NotPlaced(notSent.cause() + ": " + notSent.detail(), false);
    }
    return switch (Envelope.of(call.outcome())) {
      case Envelope.Unusable unusable -> new AddOrderVerdict.MaybePlaced(unusable.why());
      case Envelope.Errors errors -> ofErrors(errors);
      case Envelope.Clean clean -> ofResult(clean.result(), validateOnly);
    };
  }

  private static AddOrderVerdict ofErrors(Envelope.Errors errors) {
    String first = errors.errors().getFirst();
    // Stricter than Kraken's own client, which lets the first text decide: one text that proves
    // nothing, or an order id beside the error, leaves doubt.
    boolean proved =
        errors.errors().stream()
            .allMatch(error -> KrakenErrors.of(error).effect() == AddOrderEffect.NOT_PLACED);
    if (proved && errors.result().path("txid").isMissingNode()) {
      return new AddOrderVerdict.NotPlaced(first, true);
    }
    return new AddOrderVerdict.MaybePlaced(first);
  }

  private static AddOrderVerdict ofResult(JsonNode result, boolean validateOnly) {
    JsonNode txid = result.path("txid");
    if (txid.isArray()
        && txid.size() == 1
        && txid.get(0).isTextual()
        && !txid.get(0).textValue().isBlank()) {
      return new AddOrderVerdict.Placed(txid.get(0).textValue());
    }
    JsonNode description = result.path("descr").path("order");
    if (validateOnly && txid.isMissingNode() && description.isTextual()) {
      return new AddOrderVerdict.Validated(description.textValue());
    }
    return new AddOrderVerdict.MaybePlaced("no error, but not exactly one order id");
  }
}
