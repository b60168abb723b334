package dev.signaltoorder.paper;

import java.util.EnumSet;
import java.util.Set;

/** A permission of an API key, named as GetApiKeyInfo names it. */
public enum KeyPermission {
  QUERY_FUNDS("query-funds"),
  ADD_FUNDS("add-funds"),
  WITHDRAW_FUNDS("withdraw-funds"),
  EARN_FUNDS("earn-funds"),
  QUERY_OPEN_TRADES("query-open-trades"),
  QUERY_CLOSED_TRADES("query-closed-trades"),
  MODIFY_TRADES("modify-trades"),
  CLOSE_TRADES("close-trades"),
  CREATE_WS_TOKEN("create-ws-token");

  private final String wireName;

  KeyPermission(String wireName) {
    this.wireName = wireName;
  }

  /** "query-funds". */
  public String wireName() {
    return wireName;
  }

  /** What a trading service needs and no more. */
  public static Set<KeyPermission> trading() {
    return EnumSet.of(
        QUERY_FUNDS,
        QUERY_OPEN_TRADES,
        QUERY_CLOSED_TRADES,
        MODIFY_TRADES,
        CLOSE_TRADES,
        CREATE_WS_TOKEN);
  }

  static KeyPermission ofWireName(String wireName) {
    for (KeyPermission permission : values()) {
      if (permission.wireName.equals(wireName)) {
        return permission;
      }
    }
    throw new IllegalArgumentException("unknown permission " + wireName);
  }
}
