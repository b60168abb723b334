package dev.signaltoorder.paper;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens when an order would trade with another one of its own account. */
public enum SelfTrade {
  CANCEL_NEWEST,
  CANCEL_OLDEST,
  CANCEL_BOTH;

  /** "cancel-newest", as REST writes it; the websocket writes underscores. */
  static @Nullable SelfTrade named(String wireName) {
    for (SelfTrade known : values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(wireName.replace('-', '_'))) {
        return known;
      }
    }
    return null;
  }
}
