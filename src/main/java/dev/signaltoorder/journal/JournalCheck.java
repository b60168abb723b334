package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks one account's part of an export, line by line, in constant memory. */
final class JournalCheck {
  private static final ObjectMapper JSON = OwnJson.mapper();

  private final String account;
  private final String origin;
  private final long first;
  private final Frontier frontier;
  private final List<CheckpointVerifier> keys;
  private final NavigableMap<Long, Checkpoint> trusted;

  /** Facts below this number are under a good checkpoint. */
  private long covered;

  private long agreeing;

  /** Of these, kept checkpoints. */
  private long keptAgreeing;

  /** A kept checkpoint that the facts up to here do not lead to. */
  private @Nullable Checkpoint disputed;

  JournalCheck(
      ObjectNode line, String account, List<CheckpointVerifier> keys, TrustedCheckpoints trusted) {
    this.account = account;
    this.keys = keys;
    this.origin = ExportReader.text(line, "origin");
    this.trusted = trusted.of(origin);
    this.first = whole(line, "first");
    if (line.has("contradiction")) {
      throw wrong(null, "the exporter says: " + ExportReader.text(line, "contradiction"));
    }
    try {
      this.frontier = Frontier.of(first, hashes(line.path("edge")));
    } catch (IllegalArgumentException e) {
      throw wrong(first, "the edge before the first fact is damaged");
    }
    compareTrusted();
  }

  /** The number of the fact that comes next. */
  long next() {
    return frontier.size();
  }

  void fact(ObjectNode line) {
    settleDispute(null);
    long expected = frontier.size();
    if (!ExportReader.text(line, "account").equals(account)) {
      throw wrong(expected, "a fact of another account stands here");
    }
    long seq = whole(line, "seq");
    if (seq < expected) {
      throw wrong(seq, "is here a second time, or out of order");
    }
    if (seq > expected) {
      throw wrong(expected, "is missing here: deleted, or out of order");
    }
    byte[] canonical =
        line.has("canonical")
            ? ExportReader.text(line, "canonical").getBytes(StandardCharsets.UTF_8)
            : ExactBase64.decode(ExportReader.text(line, "canonicalBase64"))
                .orElseThrow(() -> wrong(seq, "its bytes are damaged"));
    byte[] leafHash =
        ExactBase64.decode(ExportReader.text(line, "leafHash"), Merkle.HASH_BYTES)
            .orElseThrow(() -> wrong(seq, "its hash is damaged"));
    if (!Arrays.equals(leafHash, FactBytes.leafHash(canonical))) {
      throw wrong(seq, "was changed: its bytes do not have its hash");
    }
    checkPlaceAndRaw(line, seq, canonical);
    if (line.has("contradicting")) {
      throw wrong(
          seq,
          "was changed in the database: columns that contradict its bytes: "
              + line.path("contradicting"));
    }
    frontier.append(leafHash);
    compareTrusted();
  }

  private void checkPlaceAndRaw(ObjectNode line, long seq, byte[] canonical) {
    JsonNode whole;
    try {
      whole = JSON.readTree(canonical);
    } catch (IOException e) {
      throw wrong(seq, "was changed: its bytes are no JSON");
    }
    if (!ExportReader.text(whole, "account").equals(account)
        || !whole.path("seq").isIntegralNumber()
        || whole.path("seq").longValue() != seq) {
      throw wrong(seq, "belongs to another place: its bytes name another account or number");
    }
    JsonNode raw = line.path("raw");
    JsonNode hashed = whole.path("rawSha256");
    boolean same =
        raw.isNull()
            ? hashed.isNull()
            : raw.isTextual()
                && ExactBase64.decode(raw.textValue())
                    .map(bytes -> HexFormat.of().formatHex(Merkle.newSha256().digest(bytes)))
                    .filter(ExportReader.text(whole, "rawSha256")::equals)
                    .isPresent();
    if (!same) {
      throw wrong(seq, "was changed: its raw bytes do not have the hash in its bytes");
    }
  }

  void checkpoint(ObjectNode line) {
    Checkpoint checkpoint = open(ExportReader.text(line, "note"));
    if (!ExportReader.text(line, "account").equals(account)
        || checkpoint.size() != frontier.size()) {
      throw wrong(frontier.size(), "a checkpoint of another place stands before it");
    }
    settleDispute(checkpoint);
    compare(checkpoint);
  }

  /**
   * The end of this journal.
   *
   * @param open whether the export was asked for everything up to now
   * @return what was found, for people
   */
  String end(ObjectNode line, boolean open) {
    long size = frontier.size();
    long next = whole(line, "next");
    if (!ExportReader.text(line, "account").equals(account) || next != size) {
      throw wrong(size, "is missing: the facts end here, and the journal's part does not");
    }
    long attested = size;
    if (line.path("checkpoint").isTextual()) {
      Checkpoint head = open(ExportReader.text(line, "checkpoint"));
      attested = head.size();
      settleDispute(head);
      if (head.size() < size || (open && head.size() != size)) {
        throw wrong(size, "the newest checkpoint is one of %d facts".formatted(head.size()));
      }
      if (head.size() == size) {
        compare(head);
      }
      if (!ProofCheck.consistent(
          size, frontier.root(), head.size(), head.root(), hashes(line.path("consistency")))) {
        throw wrong(
            covered,
            "this or a later fact, up to %d, was changed: they do not lead to the checkpoint"
                .formatted(size - 1));
      }
      covered = size;
      Checkpoint same = trusted.get(head.size());
      if (same != null && !same.equals(head)) {
        throw fork(head.size());
      }
      if (same != null && head.size() > size) {
        keptAgreeing++;
      }
    }
    settleDispute(null);
    long atLeast = trusted.isEmpty() ? attested : Math.max(attested, trusted.lastKey());
    if (open && atLeast > attested) {
      throw wrong(
          attested,
          "is missing: a checkpoint that was kept attests %d facts. The tail was cut off, or the"
                  .formatted(atLeast)
              + " export is older than that checkpoint");
    }
    if (covered < size) {
      throw FoundException.unusable(
          "the facts of %s from %d on are under no signed checkpoint".formatted(account, covered));
    }
    return said(size, attested, atLeast);
  }

  /** What is good, and how far it goes: beyond its end a part proves nothing. */
  private String said(long size, long attested, long atLeast) {
    if (keptAgreeing == 0 && !trusted.isEmpty() && size > first) {
      throw FoundException.unusable(
          ("no kept checkpoint of %s can be compared: the export holds its facts %d to %d, and none"
                  + " that was kept ends in them; the largest attests %d facts")
              .formatted(account, first, size - 1, trusted.lastKey()));
    }
    String facts =
        size == first
            ? "no facts here"
            : "%d facts, %d to %d, good".formatted(size - first, first, size - 1);
    String kept = trusted.isEmpty() ? "" : "; kept checkpoints that agree: " + keptAgreeing;
    String end =
        atLeast == size
            ? ""
            : size == 0
                ? "; none of at least " + atLeast
                : "; only up to fact %d of at least %d".formatted(size - 1, atLeast);
    return "%s: %s; under %d checkpoints, the newest of %d facts%s%s"
        .formatted(account, facts, agreeing, attested, kept, end);
  }

  private void compareTrusted() {
    Checkpoint here = trusted.get(frontier.size());
    if (here != null && !Arrays.equals(here.root(), frontier.root())) {
      disputed = here;
    } else if (here != null) {
      compare(here);
      keptAgreeing++;
    }
  }

  /**
   * Facts that do not lead to a kept checkpoint were changed; or they are what was signed as well,
   * then the signer signed two histories.
   *
   * @param signed the checkpoint that stands here, if one does
   */
  private void settleDispute(@Nullable Checkpoint signed) {
    if (disputed == null) {
      return;
    }
    if (signed != null
        && signed.size() == frontier.size()
        && Arrays.equals(signed.root(), frontier.root())) {
      throw fork(signed.size());
    }
    throw otherRoot();
  }

  private void compare(Checkpoint checkpoint) {
    if (!Arrays.equals(checkpoint.root(), frontier.root())) {
      Checkpoint kept = trusted.get(checkpoint.size());
      if (kept != null && !kept.equals(checkpoint)) {
        throw fork(checkpoint.size());
      }
      throw otherRoot();
    }
    covered = frontier.size();
    agreeing++;
  }

  private Checkpoint open(String note) {
    return TrustedCheckpoints.open(note, keys)
        .filter(checkpoint -> checkpoint.origin().equals(origin))
        .orElseThrow(
            () ->
                wrong(
                    frontier.size(),
                    "the checkpoint before it has no good signature of the key for " + origin));
  }

  private FoundException otherRoot() {
    return wrong(
        covered,
        "this or a later fact, up to %d, was changed: they do not have the root that was signed"
            .formatted(frontier.size() - 1));
  }

  private FoundException fork(long size) {
    return wrong(covered, "fork: two checkpoints of %d facts with different roots".formatted(size));
  }

  private FoundException wrong(@Nullable Long seq, String what) {
    return FoundException.tampered(account, seq, what);
  }

  private long whole(ObjectNode line, String field) {
    JsonNode number = line.path(field);
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
      throw FoundException.tampered(account, null, "\"" + field + "\" is damaged");
    }
    return number.longValue();
  }

  private List<byte[]> hashes(JsonNode texts) {
    List<byte[]> hashes = new ArrayList<>();
    for (JsonNode text : texts) {
      Optional<byte[]> hash =
          ExactBase64.decode(text.isTextual() ? text.textValue() : "", Merkle.HASH_BYTES);
      hashes.add(hash.orElseThrow(() -> wrong(null, "a hash of a proof is damaged")));
    }
    return hashes;
  }
}
