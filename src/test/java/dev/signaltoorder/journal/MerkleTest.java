package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against the vectors of github.com/transparency-dev/merkle and against RFC 6962 read literally.
 */
class MerkleTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void rootsAreThoseOfThePublishedVectors(int size, String root) {
    assertThat(rootOfVectors(size)).isEqualTo(root);
  }

  private static String rootOfVectors(int size) {
    Frontier frontier = Frontier.empty();
    LEAVES
        .subList(0, size)
        .forEach(leaf -> frontier.append(FactBytes.leafHash(HEX.parseHex(leaf))));
    return HEX.formatHex(frontier.root());
  }

  @Test
  void theFrontierHasTheRootThatTheDefinitionHas() {
    List<byte[]> leaves = leaves(70);
    Frontier frontier = Frontier.empty();

    for (int size = 0; size <= leaves.size(); size++) {
      assertThat(frontier.root()).as("size %d", size).isEqualTo(treeHash(leaves.subList(0, size)));
      assertThat(Frontier.of(size, frontier.peaks()).root()).isEqualTo(frontier.root());
      if (size < leaves.size()) {
        frontier.append(leaves.get(size));
      }
    }
  }

  @Test
  void everySubtreeThatIsCompletedIsTold() {
    List<byte[]> leaves = leaves(37);
    Frontier frontier = Frontier.empty();
    List<String> told = new ArrayList<>();

    for (byte[] leaf : leaves) {
      frontier.append(
          leaf,
          (level, index, hash) -> {
            told.add(level + "/" + index);
            assertThat(hash).isEqualTo(inMemory(leaves).hash(level, index));
          });
    }

    int expected = 37 / 2 + 37 / 4 + 37 / 8 + 37 / 16 + 37 / 32;
    assertThat(told).hasSize(expected).doesNotHaveDuplicates().contains("5/0", "1/17");
  }

  @Test
  void everyInclusionProofHoldsAndNoOtherLeafFitsIt() {
    List<byte[]> leaves = leaves(35);
    Proofs proofs = new Proofs(inMemory(leaves));

    for (int size = 1; size <= leaves.size(); size++) {
      byte[] root = treeHash(leaves.subList(0, size));
      for (int index = 0; index < size; index++) {
        List<byte[]> proof = proofs.inclusion(index, size);
        assertThat(ProofCheck.included(leaves.get(index), index, size, proof, root)).isTrue();
        assertThat(ProofCheck.included(leaves.get((index + 1) % 35), index, size, proof, root))
            .isFalse();
        assertThat(ProofCheck.included(leaves.get(index), index + 1, size, proof, root)).isFalse();
        assertThat(ProofCheck.included(leaves.get(index), index, size, spoilt(proof, size), root))
            .isFalse();
      }
    }
  }

  @Test
  void everyConsistencyProofHoldsAndNoOtherRootFitsIt() {
    List<byte[]> leaves = leaves(35);
    List<byte[]> others = leaves(35);
    others.set(0, FactBytes.leafHash(new byte[] {9}));
    Proofs proofs = new Proofs(inMemory(leaves));

    for (int second = 1; second <= leaves.size(); second++) {
      byte[] root = treeHash(leaves.subList(0, second));
      for (int first = 1; first <= second; first++) {
        List<byte[]> proof = proofs.consistency(first, second);
        byte[] firstRoot = treeHash(leaves.subList(0, first));
        byte[] otherRoot = treeHash(others.subList(0, first));
        assertThat(ProofCheck.consistent(first, firstRoot, second, root, proof)).isTrue();
        assertThat(ProofCheck.consistent(first, otherRoot, second, root, proof)).isFalse();
        assertThat(ProofCheck.consistent(first, firstRoot, second, root, spoilt(proof, second)))
            .isFalse();
      }
    }
  }

  @Test
  void anEdgeOfTheWrongLengthIsRefused() {
    assertThatThrownBy(() -> Frontier.of(3, leaves(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 leaves");
  }

  /** A bit changed; or, where there is nothing to change, a hash too many. */
  private static List<byte[]> spoilt(List<byte[]> proof, int seed) {
    List<byte[]> other = new ArrayList<>();
    proof.forEach(hash -> other.add(hash.clone()));
    if (other.isEmpty()) {
      other.add(new byte[32]);
    } else {
      Random random = new Random(seed);
      other.get(random.nextInt(other.size()))[random.nextInt(32)] ^= 1;
    }
    return other;
  }

  private static List<byte[]> leaves(int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(i -> FactBytes.leafHash(new byte[] {(byte) i, (byte) (i >> 8)}))
            .toList());
  }

  private static Subtrees inMemory(List<byte[]> leaves) {
    return (level, index) ->
        treeHash(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
  }

  /** MTH of RFC 6962, section 2.1, word by word. */
  private static byte[] treeHash(List<byte[]> leaves) {
    int n = leaves.size();
    if (n == 0) {
      return Merkle.emptyRoot();
    }
    if (n == 1) {
      return leaves.getFirst();
    }
    int k = Integer.highestOneBit(n - 1);
    return Merkle.node(treeHash(leaves.subList(0, k)), treeHash(leaves.subList(k, n)));
  }
}
