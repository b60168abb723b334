package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.KrakenErrors.AddOrderEffect;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a finished AddOrder call proves. Placed needs an order id; not placed needs proof; all
 * else is doubt: time-outs, resets and 5xx have hidden placed orders (veox/python3-krakenex#60 and
 * #98, knowm/XChange#1899).
 */
final class AddOrderReading {

  private AddOrderReading() {}

  static AddOrderVerdict of(CallRecord call, boolean validateOnly) {
    TransportEvent event = TransportEvent.of(call.outcome());
    if (event != null
        && event.effect() == AddOrderEffect.NOT_PLACED
        && call.outcome() instanceof CallOutcome.NotSent notSent) {
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
    String orderId = orderId(result);
    if (orderId != null) {
      return new AddOrderVerdict.Placed(orderId);
    }
    JsonNode txid = result.path("txid");
    JsonNode description = result.path("descr").path("order");
    if (validateOnly && txid.isMissingNode() && description.isTextual()) {
      return new AddOrderVerdict.Validated(description.textValue());
    }
    return new AddOrderVerdict.MaybePlaced(TransportEvent.NO_ORDER_ID.meaning());
  }

  /** The one order id of a clean answer, or null. */
  static @Nullable String orderId(JsonNode result) {
    JsonNode txid = result.path("txid");
    boolean one = txid.isArray() && txid.size() == 1 && txid.get(0).isTextual();
    return one && !txid.get(0).textValue().isBlank() ? txid.get(0).textValue() : null;
  }
}
