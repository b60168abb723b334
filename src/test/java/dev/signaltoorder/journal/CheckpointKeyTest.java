package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointKeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String PKCS8_HEAD = "302e020100300506032b657004220420";
  private static final String SPKI_HEAD = "302a300506032b6570032100";

  /** The example of C2SP tlog-checkpoint is signed by a key nobody has: only its form is ours. */
  private static final String EXAMPLE =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      """;

  // RFC 8032, section 7.1, tests 1 to 3.
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void signsAndDerivesKeysAsThePublishedVectorsDo(
      String seed, String publicKey, String message, String signature) throws Exception {
    byte[] pkcs8 = HEX.parseHex(PKCS8_HEAD + seed);
    CheckpointKey key = CheckpointKey.ofPem(Pem.encode("PRIVATE KEY", pkcs8));
    PrivateKey jdk =
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));

    Signature signing = Signature.getInstance("Ed25519");
    signing.initSign(jdk);
    signing.update(HEX.parseHex(message));

    assertThat(HEX.formatHex(signing.sign())).isEqualTo(signature);
    assertThat(key.publicPem())
        .isEqualTo(Pem.encode("PUBLIC KEY", HEX.parseHex(SPKI_HEAD + publicKey)));
    Signature verifying = Signature.getInstance("Ed25519");
    verifying.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Pem.decode(key.publicPem(), "PUBLIC KEY"))));
    verifying.update(HEX.parseHex(message));
    assertThat(verifying.verify(HEX.parseHex(signature))).isTrue();
  }

  @Test
  void aNoteIsAsTheSpecificationSays() throws Exception {
    CheckpointKey key = CheckpointKey.ofPem(CheckpointKey.freshPem(new SecureRandom()));
    Checkpoint checkpoint = new Checkpoint("example.com/behind-the-sofa", 20852163, root());

    String note = key.sign(checkpoint);

    assertThat(note).startsWith(EXAMPLE.substring(0, EXAMPLE.lastIndexOf(' ') + 1));
    byte[] both =
        ExactBase64.decode(note.substring(note.lastIndexOf(' ') + 1).strip()).orElseThrow();
    assertThat(both).hasSize(4 + 64);
    byte[] rawKey = Pem.decode(key.publicPem(), "PUBLIC KEY");
    byte[] hashed =
        Merkle.newSha256()
            .digest(
                concat(
                    "example.com/behind-the-sofa\n\u0001".getBytes(StandardCharsets.UTF_8),
                    java.util.Arrays.copyOfRange(rawKey, rawKey.length - 32, rawKey.length)));
    assertThat(both).startsWith(java.util.Arrays.copyOf(hashed, 4));
    assertThat(key.verifier().open(note)).contains(checkpoint);
    assertThat(key.sign(checkpoint)).isEqualTo(note);
  }

  @Test
  void aNoteOfAnotherKeyOrNameOrTextOpensNot() {
    CheckpointKey key = CheckpointKey.ofPem(CheckpointKey.freshPem(new SecureRandom()));
    String note = key.sign(new Checkpoint("here/main", 7, root()));

    assertThat(key.verifier().open(EXAMPLE)).isEmpty();
    assertThat(key.verifier().open(note.replace("here/main", "here/maim"))).isEmpty();
    assertThat(key.verifier().open(note.replaceFirst("\n7\n", "\n8\n"))).isEmpty();
    assertThat(key.verifier().open(note + note)).isEmpty();
    assertThat(key.verifier().open(note.strip())).isEmpty();
    assertThat(key.verifier().open("")).isEmpty();
  }

  @Test
  void signaturesOfUnknownKeysBesideOursAreIgnored() {
    CheckpointKey key = CheckpointKey.ofPem(CheckpointKey.freshPem(new SecureRandom()));
    CheckpointKey other = CheckpointKey.ofPem(CheckpointKey.freshPem(new SecureRandom()));
    Checkpoint checkpoint = new Checkpoint("here/main", 7, root());
    String ours = key.sign(checkpoint);
    String theirs = other.sign(checkpoint);
    String both = theirs + ours.substring(ours.indexOf('\u2014'));

    assertThat(key.verifier().open(both)).contains(checkpoint);
    assertThat(other.verifier().open(both)).contains(checkpoint);
    assertThat(key.verifier().open(theirs)).isEmpty();
  }

  @Test
  void noChangedBitIsAccepted() {
    CheckpointKey key = CheckpointKey.ofPem(CheckpointKey.freshPem(new SecureRandom()));
    byte[] note =
        key.sign(new Checkpoint("here/main", 1234, root())).getBytes(StandardCharsets.UTF_8);

    for (int bit = 0; bit < note.length * 8; bit++) {
      byte[] changed = note.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(key.verifier().open(new String(changed, StandardCharsets.UTF_8)))
          .as("bit %d", bit)
          .isEmpty();
    }
  }

  @Test
  void whatIsNoEd25519KeyIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> CheckpointKey.ofPem("secret nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("nonsense");
    assertThatThrownBy(() -> CheckpointKey.ofPem(Pem.encode("PRIVATE KEY", new byte[48])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CheckpointVerifier.ofPem(Pem.encode("PUBLIC KEY", new byte[44])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] root() {
    return ExactBase64.decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", 32).orElseThrow();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
