package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of one payload: finds the fields by the rules and gathers everything wrong. */
final class PayloadReading {
  /** Starts the field name of problems with configured constants instead of sent values. */
  static final String CONSTANT = "mapping.constants.";

  private final MappingRules rules;
  private final JsonNode root;
  private final String where;
  private final List<FieldProblem> problems;

  /**
   * A value and where it stands.
   *
   * @param where JSON Pointer, or the configuration name of a constant
   */
  record Located(String where, JsonNode value) {}

  PayloadReading(MappingRules rules, JsonNode root) {
    this(rules, root, "", new ArrayList<>());
  }

  private PayloadReading(
      MappingRules rules, JsonNode root, String where, List<FieldProblem> problems) {
    this.rules = rules;
    this.root = root;
    this.where = where;
    this.problems = problems;
  }

  /** A reading of one element, whose problems are gathered with the rest. */
  PayloadReading within(Located element) {
    return new PayloadReading(rules, element.value(), element.where(), problems);
  }

  MappingRules rules() {
    return rules;
  }

  List<FieldProblem> problems() {
    return List.copyOf(problems);
  }

  void add(String field, String problem, String allowed) {
    problems.add(new FieldProblem(field, problem, allowed));
  }

  /** The field's value, or null when it is absent, null, or its place is blocked by a scalar. */
  @Nullable Located find(SignalField field) {
    String constant = rules.constants().get(field);
    if (constant != null) {
      return new Located(CONSTANT + field.configName(), TextNode.valueOf(constant));
    }
    JsonPointer pointer = rules.pointers().get(field);
    if (pointer == null) {
      return null;
    }
    JsonNode value = root.at(pointer);
    if (value.isMissingNode()) {
      reportBlockedPath(pointer);
      return null;
    }
    return value.isNull() ? null : new Located(where + pointer, value);
  }

  /** As {@link #find}, and absence is a problem. */
  @Nullable Located require(SignalField field, String allowed) {
    Located found = find(field);
    if (found == null) {
      add(nameOf(field), "is missing", allowed);
    }
    return found;
  }

  /** Where the field is looked for, for messages about its absence. */
  String nameOf(SignalField field) {
    JsonPointer pointer = rules.pointers().get(field);
    if (rules.constants().containsKey(field)) {
      return CONSTANT + field.configName();
    }
    return pointer == null ? "mapping." + field.configName() : where + pointer;
  }

  /**
   * {@code "entryZone": "67200-67500"} must not count as "no entry zone": a parent that is there
   * but is no container is a problem of its own.
   */
  private void reportBlockedPath(JsonPointer pointer) {
    for (JsonPointer up = pointer.head(); up != null && !up.matches(); up = up.head()) {
      JsonNode parent = root.at(up);
      if (!parent.isMissingNode()) {
        if (!parent.isNull() && !parent.isContainerNode()) {
          FieldProblem blocked = new FieldProblem(where + up, "is not an object", "an object");
          // Two fields may stand in the same object: say it once.
          if (!problems.contains(blocked)) {
            problems.add(blocked);
          }
        }
        return;
      }
    }
  }
}
