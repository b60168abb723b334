package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fields the lines of an export have: all of the first, perhaps some of the second. */
record ExportFields(Set<String> required, Set<String> optional) {
  private static final Map<String, ExportFields> OF_TYPE =
      Map.of(
          "export",
          of(Set.of("type", "format", "exportedAt", "from", "to", "account", "journals")),
          "journal",
          new ExportFields(
              Set.of("type", "account", "origin", "first", "edge"), Set.of("contradiction")),
          "fact",
          new ExportFields(
              Set.of("type", "account", "seq", "leafHash", "raw"),
              Set.of("canonical", "canonicalBase64", "contradicting")),
          "checkpoint",
          of(Set.of("type", "account", "note")),
          "journal-end",
          of(Set.of("type", "account", "next", "consistency", "checkpoint")),
          "end",
          of(Set.of("type", "facts", "sha256")));

  private static final Pattern TIME = Pattern.compile("[0-9TZ:.+-]{1,40}");
  private static final Set<String> TIMES = Set.of("from", "to");
  private static final Set<String> LISTS = Set.of("journals", "edge", "consistency");

  private static ExportFields of(Set<String> required) {
    return new ExportFields(required, Set.of());
  }

  /** Whether a line has the fields of its type and no others. */
  static boolean fit(ObjectNode line) {
    ExportFields fields = OF_TYPE.get(ExportReader.text(line, "type"));
    if (fields == null) {
      return false;
    }
    Set<String> names = new HashSet<>();
    line.fieldNames().forEachRemaining(names::add);
    boolean all = names.containsAll(fields.required);
    names.removeAll(fields.required);
    names.removeAll(fields.optional);
    for (String list : LISTS) {
      JsonNode value = line.path(list);
      all &= value.isMissingNode() || value.isArray();
    }
    for (String time : TIMES) {
      JsonNode value = line.path(time);
      all &=
          value.isMissingNode()
              || value.isNull()
              || (value.isTextual() && TIME.matcher(value.textValue()).matches());
    }
    JsonNode checkpoint = line.path("checkpoint");
    return all
        && names.isEmpty()
        && (checkpoint.isMissingNode() || checkpoint.isNull() || checkpoint.isTextual());
  }
}
