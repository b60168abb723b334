package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kraken's spot pairs as one AssetPairs answer lists them, found by any of their names: response
 * key ({@code XXBTZUSD}), altname ({@code XBTUSD}), wsname ({@code XBT/USD}), modern name ({@code
 * BTC/USD}), and the last two without the slash; upper and lower case are the same. A name that
 * fits two pairs fits none. Prefixes are never stripped: XTZ, ZEC and XRP carry theirs by right.
 *
 * <p>Left out: tokenised assets and dark pools ({@code .d}). Kept with the reason, but not
 * tradable: pairs without a field that an order needs. Immutable.
 */
public final class PairCatalog {

  private final Map<String, List<PairEntry>> entriesByName;
  private final List<PairRules> tradable;
  private final Map<String, String> untradable;

  private PairCatalog(List<PairEntry> entries) {
    var byName = new HashMap<String, List<PairEntry>>();
    var complete = new ArrayList<PairRules>();
    var incomplete = new HashMap<String, String>();
    for (PairEntry entry : entries) {
      for (String name : entry.names()) {
        byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(entry);
      }
      PairRules rules = entry.rules();
      if (rules != null) {
        complete.add(rules);
      } else {
        incomplete.put(entry.key(), reason(entry));
      }
    }
    byName.replaceAll((unused, list) -> List.copyOf(list));
    this.entriesByName = Map.copyOf(byName);
    this.tradable = List.copyOf(complete);
    this.untradable = Map.copyOf(incomplete);
  }

  /**
   * Reads the {@code result} of an AssetPairs answer. Never throws: what cannot be read is not
   * tradable, and a result that is no object gives an empty catalogue.
   */
  public static PairCatalog of(JsonNode result) {
    var entries = new ArrayList<PairEntry>();
    for (Map.Entry<String, JsonNode> pair : result.properties()) {
      if (!PairEntry.excluded(pair.getKey(), pair.getValue())) {
        entries.add(PairEntry.read(pair.getKey(), pair.getValue()));
      }
    }
    return new PairCatalog(entries);
  }

  /** The pair of this name; never {@link Resolution.NotLoaded}. */
  public Resolution resolve(String name) {
    List<PairEntry> entries = entriesByName.getOrDefault(PairEntry.canonical(name), List.of());
    if (entries.isEmpty()) {
      return new Resolution.Unknown(name);
    }
    if (entries.size() > 1) {
      return new Resolution.Ambiguous(name, entries.stream().map(PairEntry::key).sorted().toList());
    }
    PairEntry entry = entries.getFirst();
    PairRules rules = entry.rules();
    return rules == null
        ? new Resolution.Untradable(name, reason(entry))
        : new Resolution.Found(name, rules);
  }

  /** Every pair with complete rules, in Kraken's order. */
  public List<PairRules> tradable() {
    return tradable;
  }

  /** Response key and reason of every pair without. */
  public Map<String, String> untradable() {
    return untradable;
  }

  private static String reason(PairEntry entry) {
    return String.join(", ", entry.problems());
  }
}
