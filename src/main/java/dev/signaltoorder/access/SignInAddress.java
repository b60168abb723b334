package dev.signaltoorder.access;

import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a sign-in comes from. */
final class SignInAddress {
  /** Whoever has one IPv6 address has its whole /64. */
  private static final int IPV6_PREFIX_BYTES = 8;

  private SignInAddress() {}

  /** The address of the connection, or of the client that a trusted proxy names. */
  static String of(AuthenticationRequest request) {
    return of(HttpSecurityUtils.getRoutingContextAttribute(request));
  }

  /** The same of a request that is not yet one for a sign-in. */
  static String of(@Nullable RoutingContext routing) {
    SocketAddress remote = routing == null ? null : routing.request().remoteAddress();
    String host = remote == null ? null : remote.hostAddress();
    return host == null ? "unknown" : host;
  }

  /**
   * What counts as one party: an IPv4 address, or the first 64 bits of an IPv6 address; a text that
   * is no address stands for itself.
   */
  static String party(String address) {
    // Only what is written as an IPv6 address: a name would be looked up.
    if (!address.contains(":")) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_PREFIX_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
