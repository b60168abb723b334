package dev.signaltoorder.kraken;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a key by what it may do: too much is as wrong as too little. Permission names are those of
 * GetApiKeyInfo (Kraken REST reference).
 */
public final class KeyCheck {

  private static final Duration EXPIRY_WARNING = Duration.ofDays(14);

  private static final Set<String> HARMLESS =
      Set.of(
          "query-funds",
          "query-open-trades",
          "query-closed-trades",
          "modify-trades",
          "close-trades",
          "query-ledger",
          "export-data",
          "create-ws-token");

  private static final Map<String, String> FORBIDDEN =
      Map.of(
          "withdraw-funds", "the key can withdraw funds",
          "add-funds", "the key can create deposit addresses",
          "earn-funds", "the key can move funds into Earn",
          "add-withdraw-address", "the key can add withdrawal addresses",
          "update-withdraw-address", "the key can change withdrawal addresses");

  private KeyCheck() {}

  /**
   * What was found.
   *
   * @param refusals why the key must not be used; empty if it may
   * @param warnings what an operator should know
   */
  public record Findings(List<String> refusals, List<String> warnings) {

    /** The key may be used. */
    public boolean usable() {
      return refusals.isEmpty();
    }
  }

  /**
   * Judges.
   *
   * @param role what the key is used for
   */
  public static Findings judge(KeyInfo key, KeyRole role, Instant now) {
    List<String> refusals = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String permission : key.permissions()) {
      String forbidden = FORBIDDEN.get(permission);
      if (forbidden != null) {
        refusals.add(forbidden + " (" + permission + "): remove this permission");
      } else if (!HARMLESS.contains(permission)) {
        refusals.add("the key has a permission that is unknown here: " + permission);
      }
    }
    for (String required : role.requiredPermissions()) {
      if (!key.permissions().contains(required)) {
        refusals.add("the key lacks the permission " + required);
      }
    }
    if (role == KeyRole.READ
        && (key.permissions().contains("modify-trades")
            || key.permissions().contains("close-trades"))) {
      warnings.add("the read key can also change orders: it needs query permissions only");
    }
    judgeTimes(key, now, refusals, warnings);
    if (!key.addressRestricted()) {
      warnings.add("the key works from any address: set an IP allow-list");
    }
    return new Findings(List.copyOf(refusals), List.copyOf(warnings));
  }

  private static void judgeTimes(
      KeyInfo key, Instant now, List<String> refusals, List<String> warnings) {
    Instant validUntil = key.validUntil();
    if (validUntil != null && !validUntil.isAfter(now)) {
      refusals.add("the key expired at " + validUntil);
    } else if (validUntil != null && validUntil.isBefore(now.plus(EXPIRY_WARNING))) {
      warnings.add("the key expires at " + validUntil);
    }
    if (key.queryFrom() != null || key.queryTo() != null) {
      warnings.add("the key sees only a window of time: an order's fate could stay hidden");
    }
  }
}
