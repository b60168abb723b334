package dev.signaltoorder.trading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest deliveries by their ids. Part of the fold. A second guard, and for two of one batch:
 * the inbox table decides.
 */
final class Deliveries {
  private static final int REMEMBERED = 1_000;

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

  /** Everything, as values; oldest first. */
  List<StateImage.Delivered> image() {
    return firsts.entrySet().stream()
        .map(
            each ->
                new StateImage.Delivered(
                    each.getKey().source(),
                    each.getKey().deliveryId(),
                    each.getValue().signalId(),
                    each.getValue().bodySha256()))
        .toList();
  }

  void restore(List<StateImage.Delivered> image) {
    for (StateImage.Delivered each : image) {
      firsts.put(
          new Key(each.source(), each.deliveryId()), new First(each.signalId(), each.bodySha256()));
    }
  }
}
