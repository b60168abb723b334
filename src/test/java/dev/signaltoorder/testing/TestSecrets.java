package dev.signaltoorder.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The secrets of the service under test. Each has a text of its own that must turn up nowhere: not
 * in the database, not in an answer, not in the log.
 */
public final class TestSecrets {
  /** Of the source "demo", in force. */
  public static final String DEMO = whsec("the demo source's secret");

  /** Of the source "demo", in force beside the other: secrets are being changed. */
  public static final String DEMO_NEXT = whsec("the demo source's next secret");

  /** Of the other sources that sign. */
  public static final String OTHERS = whsec("the secret of all other sources that sign");

  /** Of nobody. */
  public static final String STRANGER = whsec("a secret that no source has");

  /** In the body of what the source "tradingview" sends. */
  public static final String BODY_TOKEN = hex("the token in a body");

  /** In the path of what the source "path" sends. */
  public static final String PATH_TOKEN = hex("the token in a path");

  /** Has the role reviewer. */
  public static final String REVIEWER = "rita";

  /** Has the role metrics. */
  public static final String METRICS = "mila";

  /** Has the role operator. */
  public static final String OPERATOR = "olaf";

  /** Has the role operator as well. */
  public static final String SECOND_OPERATOR = "olga";

  private static final String WHSEC = "whsec_";

  // RFC 8032, section 7.1, test 1.
  private static final String ED25519_SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String ED25519_PUBLIC =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
  private static final String PKCS8_HEAD = "302e020100300506032b657004220420";

  private TestSecrets() {}

  /** A person's password. */
  public static String passwordOf(String user) {
    return hex("the password of " + user).substring(0, 24);
  }

  /** The line of a secrets file that accepts a token. */
  public static String hashLine(String token) {
    return "sha256:" + hex(token);
  }

  /** The line of a secrets file that accepts {@link #ed25519PrivateKey}. */
  public static String ed25519Line() {
    return "whpk_" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(ED25519_PUBLIC));
  }

  /** Signs for the source "demo" with v1a. */
  public static PrivateKey ed25519PrivateKey() {
    try {
      byte[] pkcs8 = HexFormat.of().parseHex(PKCS8_HEAD + ED25519_SEED);
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that must turn up nowhere, without prefixes. */
  public static List<String> canaries() {
    return List.of(
        DEMO.substring(WHSEC.length()),
        DEMO_NEXT.substring(WHSEC.length()),
        OTHERS.substring(WHSEC.length()),
        BODY_TOKEN,
        PATH_TOKEN,
        passwordOf(REVIEWER),
        passwordOf(METRICS),
        passwordOf(OPERATOR),
        passwordOf(SECOND_OPERATOR));
  }

  private static String whsec(String text) {
    return WHSEC + Base64.getEncoder().encodeToString(sha256(text));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
