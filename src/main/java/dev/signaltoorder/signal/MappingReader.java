package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import dev.signaltoorder.problem.ConfigurationProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one source's mapping from the configuration and lists all that is wrong with it. */
final class MappingReader {
  private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])*)+");
  private static final Pattern CURRENCY = Pattern.compile("[A-Za-z0-9.]{1,16}");

  private final String prefix;
  private final List<ConfigurationProblem> problems;

  /**
   * @param prefix the source's configuration name, without a point at the end
   * @param problems where what is wrong is added
   */
  MappingReader(String prefix, List<ConfigurationProblem> problems) {
    this.prefix = prefix;
    this.problems = problems;
  }

  MappingRules read(SourcesConfig.Source source, @Nullable Duration maxAge) {
    SourcesConfig.Mapping configured = source.mapping();
    Optional<MappingPreset> found = MappingPreset.find(configured.preset());
    if (found.isEmpty()) {
      add("mapping.preset", "is unknown", "canonical, flat, tradingview");
    }
    MappingPreset preset = found.orElse(MappingPreset.CANONICAL);
    Map<SignalField, JsonPointer> ownPointers = pointers(configured);
    Map<SignalField, String> ownConstants = constants(configured, ownPointers);

    Map<SignalField, JsonPointer> pointers = new EnumMap<>(SignalField.class);
    pointers.putAll(preset.pointers());
    pointers.putAll(ownPointers);
    Map<SignalField, String> constants = new EnumMap<>(SignalField.class);
    constants.putAll(preset.constants());
    // Own places and values stand before what the preset brings.
    constants.keySet().removeAll(ownPointers.keySet());
    constants.putAll(ownConstants);
    MappingRules rules =
        new MappingRules(
            pointers,
            constants,
            translations(configured),
            new QuoteMap(quotes(source)),
            preset.symbolsNameTheirExchange(),
            maxAge);
    checkConstants(rules);
    return rules;
  }

  private Map<SignalField, JsonPointer> pointers(SourcesConfig.Mapping configured) {
    Map<SignalField, JsonPointer> pointers = new EnumMap<>(SignalField.class);
    textsOf(configured)
        .forEach(
            (name, pointer) -> {
              Optional<SignalField> field = SignalField.find(name);
              if (field.isEmpty()) {
                // A preset, values or constants of a deeper level may be listed here too.
                if (!isOtherSetting(name)) {
                  add("mapping." + name, "is no field of a signal", SignalField.allNames());
                }
              } else if (!isPointer(pointer)) {
                add("mapping." + name, "is no JSON Pointer", "a JSON Pointer, /data/pair");
              } else {
                pointers.put(field.get(), JsonPointer.compile(pointer));
              }
            });
    return pointers;
  }

  private static Map<String, String> textsOf(SourcesConfig.Fields fields) {
    Map<String, String> texts = new TreeMap<>(fields.named());
    Map.of(
            SignalField.ORDER_TYPE, fields.orderType(),
            SignalField.LIMIT_PRICE, fields.limitPrice(),
            SignalField.ENTRY_ZONE_LOW, fields.entryZoneLow(),
            SignalField.ENTRY_ZONE_HIGH, fields.entryZoneHigh(),
            SignalField.STOP_LOSS, fields.stopLoss(),
            SignalField.SIZE_UNIT, fields.sizeUnit(),
            SignalField.SIZE_VALUE, fields.sizeValue(),
            SignalField.RISK_LEVEL, fields.riskLevel(),
            SignalField.EXPIRES_AT, fields.expiresAt())
        .forEach((field, text) -> text.ifPresent(t -> texts.put(field.configName(), t)));
    Map.of(
            SignalField.TAKE_PROFITS, fields.takeProfits(),
            SignalField.TAKE_PROFIT_PRICE, fields.takeProfitPrice(),
            SignalField.TAKE_PROFIT_SHARE, fields.takeProfitShare())
        .forEach((field, text) -> text.ifPresent(t -> texts.put(field.configName(), t)));
    return texts;
  }

  private static Map<String, Map<String, String>> wordsOf(SourcesConfig.Translations values) {
    Map<String, Map<String, String>> words = new TreeMap<>(values.named());
    words.put(SignalField.ORDER_TYPE.configName(), values.orderType());
    words.put(SignalField.SIZE_UNIT.configName(), values.sizeUnit());
    return words;
  }

  private static boolean isOtherSetting(String name) {
    return name.equals("preset") || name.startsWith("values.") || name.startsWith("constants.");
  }

  static boolean isPointer(String text) {
    return text.length() <= 256 && POINTER.matcher(text).matches();
  }

  private Map<SignalField, String> constants(
      SourcesConfig.Mapping configured, Map<SignalField, JsonPointer> pointers) {
    Map<SignalField, String> constants = new EnumMap<>(SignalField.class);
    textsOf(configured.constants())
        .forEach(
            (name, value) -> {
              Optional<SignalField> field = SignalField.find(name);
              if (field.isEmpty()) {
                add("mapping.constants." + name, "is no field of a signal", SignalField.allNames());
              } else if (pointers.containsKey(field.get())) {
                add(
                    "mapping.constants." + name,
                    "is set although mapping." + name + " has a place",
                    "a place or a constant, not both");
              } else {
                constants.put(field.get(), value);
              }
            });
    return constants;
  }

  private Map<SignalField, Map<String, String>> translations(SourcesConfig.Mapping configured) {
    Map<SignalField, Map<String, String>> translations = new EnumMap<>(SignalField.class);
    translations.put(SignalField.ACTION, new HashMap<>(MappingRules.USUAL_ACTIONS));
    wordsOf(configured.values())
        .forEach(
            (name, words) -> {
              String setting = "mapping.values." + name;
              Optional<SignalField> field = SignalField.find(name);
              if (field.isEmpty()) {
                add(setting, "is no field of a signal", SignalField.allNames());
                return;
              }
              words.forEach((from, to) -> checkTarget(setting + "." + from, field.get(), to));
              Map<String, String> ours =
                  translations.computeIfAbsent(field.get(), f -> new HashMap<>());
              words.forEach((from, to) -> ours.put(from.strip().toUpperCase(Locale.ROOT), to));
            });
    return translations;
  }

  /** A translation into a word we do not have would only show with the first signal. */
  private void checkTarget(String setting, SignalField field, String target) {
    switch (field) {
      case ACTION -> checkName(setting, target, Action.values());
      case ORDER_TYPE -> checkName(setting, target, OrderType.values());
      case SIZE_UNIT -> checkName(setting, target, SignalSize.Unit.values());
      default -> {}
    }
  }

  private void checkName(String setting, String target, Enum<?>[] names) {
    List<String> allowed = Arrays.stream(names).map(Enum::name).toList();
    if (!allowed.contains(target.strip().toUpperCase(Locale.ROOT))) {
      add(setting, "leads to an unknown value", String.join(", ", allowed));
    }
  }

  private Map<String, String> quotes(SourcesConfig.Source source) {
    Map<String, String> quotes = new HashMap<>();
    source
        .quoteMap()
        .forEach(
            (from, to) -> {
              if (CURRENCY.matcher(from).matches() && CURRENCY.matcher(to).matches()) {
                quotes.put(from, to);
              } else {
                add("quote-map." + from, "is no pair of currencies", "USDT=USD");
              }
            });
    return quotes;
  }

  /** Reads an empty payload: what is wrong then and is no absence, is wrong with a constant. */
  private void checkConstants(MappingRules rules) {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    MappingResult result = new PayloadMapping("check", rules).map(empty, Instant.EPOCH);
    if (result instanceof MappingResult.Invalid invalid) {
      for (FieldProblem problem : invalid.problems()) {
        if (problem.field().startsWith(PayloadReading.CONSTANT)) {
          add(problem.field(), problem.problem(), problem.allowed());
        }
      }
    }
  }

  private void add(String setting, String problem, String allowed) {
    problems.add(new ConfigurationProblem(prefix + "." + setting, problem, allowed));
  }
}
