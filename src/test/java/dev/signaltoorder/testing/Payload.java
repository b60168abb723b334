package dev.signaltoorder.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Builds a canonical signal; what is not said is left out. */
public final class Payload {
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private Payload() {}

  /** A signal that arises now, in BTC/USD. */
  public static Payload of(String action, String strategy) {
    return new Payload()
        .with("/type", "signal.created")
        .at(Instant.now())
        .with("/data/strategy", strategy)
        .with("/data/pair", "BTC/USD")
        .with("/data/action", action);
  }

  /** A limit order at a price. */
  public static Payload limit(String action, String strategy, String price, String baseVolume) {
    return of(action, strategy)
        .with("/data/orderType", "LIMIT")
        .with("/data/limitPrice", price)
        .size("BASE", baseVolume);
  }

  /** When it arose. */
  public Payload at(Instant time) {
    return with("/timestamp", time.truncatedTo(ChronoUnit.MICROS).toString());
  }

  /** Its size. */
  public Payload size(String unit, String value) {
    return with("/data/size/unit", unit).with("/data/size/value", value);
  }

  /** Any text at any place; null is JSON's null. */
  public Payload with(String pointer, @Nullable String value) {
    JsonPointer at = JsonPointer.compile(pointer);
    String name = at.last().getMatchingProperty();
    ObjectNode parent = root;
    if (!at.head().matches()) {
      parent = root.withObject(at.head());
    }
    parent.put(name, value);
    return this;
  }

  /** A list of texts. */
  public Payload withList(String pointer, String... values) {
    JsonPointer at = JsonPointer.compile(pointer);
    var list = root.withObject(at.head()).putArray(at.last().getMatchingProperty());
    for (String value : values) {
      list.add(value);
    }
    return this;
  }

  /** The fields without their envelope, as the flat mapping has them. */
  public byte[] flat() {
    ObjectNode flat = JsonNodeFactory.instance.objectNode();
    flat.set("timestamp", root.get("timestamp"));
    flat.setAll((ObjectNode) root.get("data"));
    return flat.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The body. */
  public byte[] bytes() {
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }
}
