package dev.signaltoorder.kraken;

import java.util.List;

/** What a key is used for. */
public enum KeyRole {
  /** Places and cancels orders only. */
  TRADE,
  /** Asks only. */
  READ,
  /** The account's only key. */
  BOTH;

  /** The permissions that takes, by their names in GetApiKeyInfo. */
  List<String> requiredPermissions() {
    return switch (this) {
      case TRADE -> List.of("modify-trades");
      case READ -> List.of("query-funds", "query-open-trades", "query-closed-trades");
      case BOTH ->
          List.of("query-funds", "query-open-trades", "query-closed-trades", "modify-trades");
    };
  }
}
