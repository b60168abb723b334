package dev.signaltoorder.signal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and CIDR ranges that may deliver; an empty list admits every address.
 *
 * @param ranges what is allowed
 */
record AddressList(List<Range> ranges) {
  /** What an entry may be, for messages. */
  static final String ALLOWED = "an IP address or a range, 52.89.214.238 or 2001:db8::/32";

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  AddressList {
    ranges = List.copyOf(ranges);
  }

  /**
   * All addresses that start with the same bits.
   *
   * @param network first address, 4 or 16 bytes
   * @param bits how many leading bits count
   */
  record Range(byte[] network, int bits) {

    static Optional<Range> parse(String text) {
      String[] parts = text.strip().split("/", -1);
      byte[] network = bytesOf(parts[0]);
      if (network == null || parts.length > 2) {
        return Optional.empty();
      }
      int all = network.length * 8;
      if (parts.length == 1) {
        return Optional.of(new Range(network, all));
      }
      if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > all) {
        return Optional.empty();
      }
      return Optional.of(new Range(network, Integer.parseInt(parts[1])));
    }

    boolean contains(byte[] address) {
      return address.length == network.length
          && Arrays.equals(masked(address, bits), masked(network, bits));
    }
  }

  boolean admits(@Nullable String address) {
    if (ranges.isEmpty()) {
      return true;
    }
    byte[] bytes = address == null ? null : bytesOf(address);
    return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  /** The address' bytes with all after the leading bits zero. */
  static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      int kept = Math.clamp(bits - 8L * i, 0, 8);
      masked[i] = (byte) (address[i] & (0xff00 >> kept));
    }
    return masked;
  }

  /** An address literal as 4 or 16 bytes, or null; never asks a name server. */
  static byte @Nullable [] bytesOf(String literal) {
    int zone = literal.indexOf('%');
    String address = zone < 0 ? literal : literal.substring(0, zone);
    if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
      return null;
    }
    try {
      // Literals only, checked above. An IPv4 address written as IPv6 comes out as IPv4.
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
