package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks proofs that the service answered, with nothing but signed notes and a public key. */
public final class OfflineProofs {
  private final CheckpointVerifier key;

  /** With a public key in SPKI PEM. */
  public OfflineProofs(String publicPem) {
    this.key = CheckpointVerifier.ofPem(publicPem);
  }

  /** Whether the key signed it: before a rotation, or another service on the database, did not. */
  public boolean opens(String note) {
    return key.open(note).isPresent();
  }

  /** Whether the fact with this hash is fact {@code seq} of what the note attests. */
  public boolean included(String leafHash, long seq, JsonNode proof, String note) {
    Checkpoint signed = key.open(note).orElseThrow();
    return ProofCheck.included(hash(leafHash), seq, signed.size(), hashes(proof), signed.root());
  }

  /** Whether what the second note attests begins with what the first one attests. */
  public boolean consistent(String firstNote, String secondNote, JsonNode proof) {
    Checkpoint first = key.open(firstNote).orElseThrow();
    Checkpoint second = key.open(secondNote).orElseThrow();
    return ProofCheck.consistent(
        first.size(), first.root(), second.size(), second.root(), hashes(proof));
  }

  private static List<byte[]> hashes(JsonNode texts) {
    List<byte[]> hashes = new ArrayList<>();
    texts.forEach(text -> hashes.add(hash(text.textValue())));
    return hashes;
  }

  private static byte[] hash(String text) {
    return ExactBase64.decode(text, Merkle.HASH_BYTES).orElseThrow();
  }
}
