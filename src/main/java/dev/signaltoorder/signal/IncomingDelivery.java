package dev.signaltoorder.signal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook request before anything about it is believed.
 *
 * @param source path segment as sent
 * @param pathToken second path segment, or null
 * @param id {@code webhook-id} header, or null
 * @param timestamp {@code webhook-timestamp} header, or null
 * @param signature {@code webhook-signature} header, or null
 * @param remoteAddress the peer's address as the connection has it, or null
 * @param certificateNames common names of the peer's verified certificate, empty without one
 * @param body raw bytes
 */
record IncomingDelivery(
    String source,
    @Nullable String pathToken,
    @Nullable String id,
    @Nullable String timestamp,
    @Nullable String signature,
    @Nullable String remoteAddress,
    List<String> certificateNames,
    byte[] body) {

  IncomingDelivery {
    certificateNames = List.copyOf(certificateNames);
  }

  @Override
  public String toString() {
    // The generated one would print token and signature.
    return "IncomingDelivery[" + source + ", " + body.length + " bytes]";
  }
}
