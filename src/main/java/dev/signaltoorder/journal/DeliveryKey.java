package dev.signaltoorder.journal;

/** What a delivery is known by, for ever. */
public record DeliveryKey(String source, String deliveryId) implements Comparable<DeliveryKey> {
  @Override
  public int compareTo(DeliveryKey other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : deliveryId.compareTo(other.deliveryId);
  }
}
