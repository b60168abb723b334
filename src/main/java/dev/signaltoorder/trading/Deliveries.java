package dev.signaltoorder.trading;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The latest deliveries by their ids; older ones are in the inbox table. Part of the fold. */
final class Deliveries {
  private static final int REMEMBERED = 100_000;

  private final Map<Key, First> firsts = new LinkedHashMap<>();

  private record Key(String source, String deliveryId) {}

  /** The first delivery under a delivery id. */
  record First(UUID signalId, String bodySha256) {}

  /** False if the id was taken before: the first one stays. */
  boolean take(String source, String deliveryId, First first) {
    boolean isFirst = firsts.putIfAbsent(new Key(source, deliveryId), first) == null;
    if (firsts.size() > REMEMBERED) {
      firsts.remove(firsts.keySet().iterator().next());
    }
    return isFirst;
  }

  @Nullable First first(String source, String deliveryId) {
    return firsts.get(new Key(source, deliveryId));
  }
}
