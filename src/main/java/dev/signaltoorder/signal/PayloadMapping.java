package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.signal.PayloadReading.Located;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the payload of one source into a {@link Signal}, or names everything wrong with it. */
final class PayloadMapping {
  /** Field name of problems with the body as a whole. */
  static final String BODY = "body";

  private static final int STRATEGY_CHARACTERS_MAX = 64;
  private static final int PAIR_CHARACTERS_MAX = 32;
  private static final Pattern PAIR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]+");
  private static final String CREATED = "signal.created";

  private final String source;
  private final MappingRules rules;

  PayloadMapping(String source, MappingRules rules) {
    this.source = source;
    this.rules = rules;
  }

  /**
   * Reads a payload. Never throws, whatever the bytes are.
   *
   * @param receivedAt when the body was complete here; the latest event time that a maximum age
   *     counts from, so that a date in the future buys no longer life
   */
  MappingResult map(byte[] body, Instant receivedAt) {
    JsonNode root;
    try {
      root = StrictJson.parse(body);
    } catch (CharacterCodingException e) {
      return unreadable("is not UTF-8");
    } catch (JsonProcessingException e) {
      return unreadable("cannot be read as JSON" + placeOf(e.getLocation()));
    }
    if (!root.isObject()) {
      return unreadable("is not a JSON object");
    }
    return map(root, receivedAt);
  }

  private MappingResult map(JsonNode root, Instant receivedAt) {
    PayloadReading reading = new PayloadReading(rules, root);
    FieldValues values = new FieldValues(reading);
    checkType(reading);
    Instant eventTime =
        values.time(
            SignalField.TIMESTAMP, reading.require(SignalField.TIMESTAMP, "an RFC 3339 time"));
    String strategy = values.requiredText(SignalField.STRATEGY, STRATEGY_CHARACTERS_MAX);
    String pair = pair(reading, values);
    Action action =
        values.oneOf(
            SignalField.ACTION,
            reading.require(SignalField.ACTION, "BUY, SELL, CLOSE, CANCEL, SHORT"),
            Action.class);
    Terms terms = Terms.read(reading, values);
    Notes notes = Notes.read(reading, values);
    Instant expiresAt = values.time(SignalField.EXPIRES_AT, reading.find(SignalField.EXPIRES_AT));

    boolean trades = action == Action.BUY || action == Action.SELL;
    // With other problems on record the price may be there and wrong: that is said already.
    if (trades && reading.problems().isEmpty() && terms.limitWithoutPrice()) {
      reading.add(
          reading.nameOf(SignalField.LIMIT_PRICE),
          "is missing for a LIMIT order",
          "a limit price or an entry zone");
    }
    List<FieldProblem> problems = reading.problems();
    // The four are null only with a problem on record; the compiler wants to hear it.
    if (!problems.isEmpty()
        || eventTime == null
        || strategy == null
        || pair == null
        || action == null) {
      return new MappingResult.Invalid(problems);
    }
    return new MappingResult.Mapped(
        new Signal(
            source,
            notes.id(),
            strategy,
            pair,
            action,
            terms.orderType(),
            terms.limitPrice(),
            terms.entryZone(),
            terms.stopLoss(),
            terms.takeProfits(),
            terms.size(),
            notes.confidence(),
            notes.timeframe(),
            notes.riskLevel(),
            notes.reasoning(),
            notes.sequence(),
            eventTime,
            earlierOf(expiresAt, endOfAge(eventTime, receivedAt))));
  }

  /** An event of another type is not an order to trade, even when it carries the same fields. */
  private void checkType(PayloadReading reading) {
    Located type = reading.find(SignalField.TYPE);
    if (type == null) {
      return;
    }
    String sent = type.value().isTextual() ? type.value().asText() : type.value().toString();
    if (!rules.translate(SignalField.TYPE, sent).strip().equals(CREATED)) {
      reading.add(type.where(), "is " + FieldValues.excerpt(sent), CREATED + ", or no type at all");
    }
  }

  private @Nullable String pair(PayloadReading reading, FieldValues values) {
    String sent = values.requiredText(SignalField.PAIR, PAIR_CHARACTERS_MAX);
    if (sent == null) {
      return null;
    }
    String translated = rules.translate(SignalField.PAIR, sent);
    String symbol =
        rules.symbolsNameTheirExchange()
            ? translated.substring(translated.lastIndexOf(':') + 1)
            : translated;
    if (!PAIR.matcher(symbol).matches()) {
      reading.add(
          reading.nameOf(SignalField.PAIR),
          "is " + FieldValues.excerpt(sent),
          "a pair of letters and digits, BTC/USD or XBTUSD");
      return null;
    }
    return rules.quotes().apply(symbol);
  }

  private @Nullable Instant endOfAge(Instant eventTime, Instant receivedAt) {
    return rules.maxAge() == null
        ? null
        : (eventTime.isAfter(receivedAt) ? receivedAt : eventTime).plus(rules.maxAge());
  }

  private static @Nullable Instant earlierOf(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private static MappingResult unreadable(String problem) {
    return new MappingResult.Invalid(List.of(new FieldProblem(BODY, problem, StrictJson.ALLOWED)));
  }

  private static String placeOf(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
