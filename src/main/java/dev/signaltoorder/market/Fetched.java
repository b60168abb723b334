package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A call to the source that is over, well or not. Making one never throws. */
sealed interface Fetched {

  /** The raw call; null when the source broke before it could make a record. */
  @Nullable CallRecord call();

  /** A clean answer; {@code result} still unread. */
  record Usable(CallRecord call, JsonNode result) implements Fetched {}

  /**
   * No usable answer.
   *
   * @param reason endpoint and error, for the record
   * @param unknownPair Kraken does not know a pair that was asked for
   */
  record Unusable(@Nullable CallRecord call, String reason, boolean unknownPair)
      implements Fetched {}

  static Fetched from(String endpoint, Supplier<Answer<JsonNode>> source) {
    try {
      return switch (source.get()) {
        case Answer.Success<JsonNode> success -> new Usable(success.call(), success.value());
        case Answer.Failure<JsonNode> failure ->
            new Unusable(
                failure.call(),
                endpoint + ": " + failure.error(),
                failure.fromKraken() && failure.error().startsWith("EQuery:"));
      };
    } catch (RuntimeException broken) {
      // A feed that dies of one bad call would leave every later signal without prices.
      Logger.getLogger(Fetched.class).errorf(broken, "%s call broke", endpoint);
      return new Unusable(null, endpoint + ": " + broken.getClass().getSimpleName(), false);
    }
  }
}
