package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.StringJoiner;

/** Parts of facts as parts of sentences. What is not there is "–". */
final class Wording {
  static final String NOTHING = "–";

  private Wording() {}

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? NOTHING : value.asText();
  }

  /** "Rule max-order-notional denied: limit 100 USD, actual 250 USD. The order is too large." */
  static String rule(JsonNode result) {
    return "Rule "
        + text(result, "code")
        + " "
        + verdict(text(result, "verdict"))
        + ": limit "
        + text(result, "limit")
        + ", actual "
        + text(result, "actual")
        + ". "
        + text(result, "explanation");
  }

  static String verdict(String verdict) {
    return switch (verdict) {
      case "PASS" -> "passed";
      case "DENY" -> "denied";
      case "NOT_APPLICABLE" -> "does not apply";
      default -> verdict;
    };
  }

  /** "buy 0.0015 BTC/USD, limit 67350, GTC, worth 101.025 USD". */
  static String plan(JsonNode plan) {
    String type =
        text(plan, "type").equals("MARKET") ? "at market" : "limit " + number(plan, "limitPrice");
    return text(plan, "side").toLowerCase(Locale.ROOT)
        + " "
        + number(plan, "volume")
        + " "
        + text(plan, "pair")
        + ", "
        + type
        + ", "
        + text(plan, "timeInForce")
        + (plan.path("postOnly").asBoolean() ? ", post only" : "")
        + ", worth "
        + number(plan, "notional")
        + " "
        + quote(text(plan, "pair"));
  }

  /** A decimal without trailing zeros; anything else as it is. */
  static String number(JsonNode node, String field) {
    String text = text(node, field);
    try {
      return new BigDecimal(text).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException noNumber) {
      return text;
    }
  }

  /** "BTC" of "BTC/USD". */
  static String base(String pair) {
    int slash = pair.indexOf('/');
    return slash < 0 ? "base units" : pair.substring(0, slash);
  }

  /** "USD" of "BTC/USD". */
  static String quote(String pair) {
    int slash = pair.indexOf('/');
    return slash < 0 ? "quote units" : pair.substring(slash + 1);
  }

  /** "50 USD", "0.001 BTC", "2 % of equity". */
  static String size(String value, String unit, String pair) {
    return switch (unit) {
      case "BASE" -> value + " " + base(pair);
      case "QUOTE" -> value + " " + quote(pair);
      case "EQUITY_PERCENT" -> value + " % of equity";
      case "RISK_PERCENT" -> value + " % of equity at risk down to the stop-loss";
      default -> value + " " + unit;
    };
  }

  static String execution(JsonNode execution) {
    return "volume "
        + text(execution, "volume")
        + " at an average of "
        + text(execution, "averagePrice")
        + ", cost "
        + text(execution, "cost")
        + ", fee "
        + text(execution, "fee");
  }

  static String howPlaced(String how) {
    return switch (how) {
      case "ANSWERED" -> "it said so at once";
      case "REPORTED" -> "it said so over the websocket";
      case "FOUND" -> "found by looking it up";
      case "SETTLED" -> "settled by an operator";
      case "APPEARED" -> "it appeared, though it was presumed absent";
      default -> how;
    };
  }

  static String call(JsonNode body) {
    return text(body, "endpoint");
  }

  /** How a call ended and how long it took. */
  static String callEnd(JsonNode body) {
    Long micros =
        StoryFact.microsBetween(
            JournalRow.timeOf(body.path("startedAt")), JournalRow.timeOf(body.path("finishedAt")));
    String after = micros == null ? "" : " after " + StoryFact.spoken(micros);
    String detail = body.path("detail").isTextual() ? " (" + text(body, "detail") + ")" : "";
    if (body.path("httpStatus").isNumber()) {
      return " answered HTTP " + text(body, "httpStatus") + after + detail;
    }
    return text(body, "outcome").equals("NOT_SENT")
        ? " was not sent" + detail
        : " gave no answer" + after + detail;
  }

  static String list(JsonNode values) {
    StringJoiner list = new StringJoiner(", ");
    values.forEach(value -> list.add(value.asText()));
    return list.toString();
  }
}
