package dev.signaltoorder.trading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.RuleResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a stored decision only what a what-if replay compares: approved or not, the plan, and
 * which rules denied. The answers of all rules, in words, are most of a fact's bytes: they are
 * passed over without making texts of them.
 */
final class ShortDecisions extends JsonDeserializer<Decision> {
  private static final String DENY = RuleResult.Verdict.DENY.name();

  @Override
  public Decision deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    boolean approved = false;
    OrderPlan plan = null;
    List<RuleResult> denied = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "approved" -> approved = parser.getBooleanValue();
        case "plan" ->
            plan =
                value == JsonToken.VALUE_NULL ? null : context.readValue(parser, OrderPlan.class);
        case "results" -> denied = denied(parser);
        default -> parser.skipChildren();
      }
    }
    return new Decision(approved, 0, plan, null, denied, null, null, List.of());
  }

  private static List<RuleResult> denied(JsonParser parser) throws IOException {
    List<RuleResult> denied = new ArrayList<>(2);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      String code = deniedBy(parser);
      if (code != null) {
        denied.add(new RuleResult(code, RuleResult.Verdict.DENY, "", "", ""));
      }
    }
    return denied;
  }

  /** The rule's code if it denied, else null. */
  private static @Nullable String deniedBy(JsonParser parser) throws IOException {
    String code = "";
    boolean denies = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "code" -> code = parser.getText();
        case "verdict" -> denies = parser.getText().equals(DENY);
        default -> parser.skipChildren();
      }
    }
    return denies ? code : null;
  }
}
