package dev.signaltoorder.signal;

/** What a sender may use as {@code webhook-id}. */
final class DeliveryId {
  private static final int CHARACTERS_MAX = 128;

  private DeliveryId() {}

  /**
   * 1 to 128 visible ASCII characters without {@code .}: the point divides the signed fields, so an
   * id that holds one could move the border between id and timestamp.
   */
  static boolean isValid(String id) {
    return !id.isEmpty()
        && id.length() <= CHARACTERS_MAX
        && id.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '.');
  }
}
