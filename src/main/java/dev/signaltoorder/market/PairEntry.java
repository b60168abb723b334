package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an AssetPairs answer, read.
 *
 * @param key the response key
 * @param names every name the pair goes by, in upper case
 * @param rules complete rules; null when a needed field is missing or malformed
 * @param problems why there are no rules; empty when there are
 */
record PairEntry(String key, Set<String> names, @Nullable PairRules rules, List<String> problems) {

  /** The two assets whose modern name is another than their old one. */
  private static final Map<String, String> MODERN_NAMES = Map.of("XBT", "BTC", "XDG", "DOGE");

  /** The altname goes into queries and comma lists: nothing that could change their meaning. */
  private static final Pattern ALTNAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  private static final Pattern WSNAME =
      Pattern.compile("[A-Za-z0-9._-]{1,20}/[A-Za-z0-9._-]{1,20}");
  private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9._-]{1,20}");
  private static final Pattern STATUS = Pattern.compile("[a-z_]{1,40}");
  private static final int DECIMALS_MAX = 20;
  private static final String DARK_POOL_SUFFIX = ".d";

  PairEntry {
    names = Set.copyOf(names);
    problems = List.copyOf(problems);
  }

  /** Tokenised assets need another asset class in every call, dark pools are gone: not for us. */
  static boolean excluded(String key, JsonNode entry) {
    return key.endsWith(DARK_POOL_SUFFIX)
        || "tokenized_asset".equals(entry.path("aclass_base").textValue());
  }

  static PairEntry read(String key, JsonNode entry) {
    var fields = new WireFields();
    String altname = fields.text(entry.path("altname"), "altname", ALTNAME);
    String wsname = fields.text(entry.path("wsname"), "wsname", WSNAME);
    String base = fields.text(entry.path("base"), "base", ASSET);
    String quote = fields.text(entry.path("quote"), "quote", ASSET);
    Integer priceDecimals =
        fields.count(entry.path("pair_decimals"), "pair_decimals", DECIMALS_MAX);
    Integer lotDecimals = fields.count(entry.path("lot_decimals"), "lot_decimals", DECIMALS_MAX);
    Integer costDecimals = fields.count(entry.path("cost_decimals"), "cost_decimals", DECIMALS_MAX);
    BigDecimal tickSize = fields.positive(entry.path("tick_size"), "tick_size");
    BigDecimal orderMin = fields.positive(entry.path("ordermin"), "ordermin");
    BigDecimal costMin = fields.positive(entry.path("costmin"), "costmin");
    String status = status(entry, fields);
    checkAssetClass(entry, fields);
    checkLotMultiplier(entry, fields);

    PairRules rules = null;
    // The null checks repeat what "no problems" says; they are here for the compiler.
    if (fields.problems().isEmpty()
        && altname != null
        && wsname != null
        && base != null
        && quote != null
        && priceDecimals != null
        && lotDecimals != null
        && costDecimals != null
        && tickSize != null
        && orderMin != null
        && costMin != null) {
      rules =
          new PairRules(
              modern(wsname),
              altname,
              key,
              wsname,
              base,
              quote,
              priceDecimals,
              lotDecimals,
              costDecimals,
              tickSize,
              orderMin,
              costMin,
              status);
    }
    return new PairEntry(key, names(key, altname, wsname), rules, fields.problems());
  }

  /** Kraken leaves the status out for about one pair in eight: that is no defect. */
  private static @Nullable String status(JsonNode entry, WireFields fields) {
    JsonNode status = entry.path("status");
    return WireFields.absent(status) ? null : fields.text(status, "status", STATUS);
  }

  private static void checkAssetClass(JsonNode entry, WireFields fields) {
    for (String name : List.of("aclass_base", "aclass_quote")) {
      JsonNode assetClass = entry.path(name);
      if (!WireFields.absent(assetClass) && !"currency".equals(assetClass.textValue())) {
        fields.problem(name + " is not currency");
      }
    }
  }

  /** Absent on some pairs and 1 on all others; any other value would change what a volume means. */
  private static void checkLotMultiplier(JsonNode entry, WireFields fields) {
    JsonNode multiplier = entry.path("lot_multiplier");
    if (WireFields.absent(multiplier)) {
      return;
    }
    BigDecimal value = fields.positive(multiplier, "lot_multiplier");
    if (value != null && value.compareTo(BigDecimal.ONE) != 0) {
      fields.problem("lot_multiplier is not 1");
    }
  }

  private static Set<String> names(String key, @Nullable String altname, @Nullable String wsname) {
    var names = new TreeSet<String>();
    names.add(canonical(key));
    if (altname != null) {
      names.add(canonical(altname));
    }
    if (wsname != null) {
      for (String name : List.of(wsname, modern(wsname))) {
        names.add(canonical(name));
        names.add(canonical(name.replace("/", "")));
      }
    }
    return names;
  }

  /** The form under which names are compared. */
  static String canonical(String name) {
    return name.strip().toUpperCase(Locale.ROOT);
  }

  private static String modern(String wsname) {
    int slash = wsname.indexOf('/');
    return modernAsset(wsname.substring(0, slash)) + "/" + modernAsset(wsname.substring(slash + 1));
  }

  private static String modernAsset(String asset) {
    return MODERN_NAMES.getOrDefault(asset, asset);
  }
}
