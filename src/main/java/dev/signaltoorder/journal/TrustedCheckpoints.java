package dev.signaltoorder.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checkpoints that the reader of an export has kept elsewhere, by origin and size. */
public final class TrustedCheckpoints {
  /** Of each origin the newest so many are used: enough, and bounded. */
  private static final int MOST_EACH = 10_000;

  /** Without any. */
  public static final TrustedCheckpoints NONE = new TrustedCheckpoints();

  private final TreeMap<String, TreeMap<Long, Checkpoint>> byOrigin = new TreeMap<>();

  private TrustedCheckpoints() {}

  /**
   * Reads notes that stand one after the other. Those of other keys are passed over.
   *
   * @throws IOException when they cannot be read
   * @throws IllegalArgumentException when there is not one note in it
   */
  static TrustedCheckpoints read(Reader reader, List<CheckpointVerifier> keys) throws IOException {
    TrustedCheckpoints trusted = new TrustedCheckpoints();
    CheckpointNotes all = new CheckpointNotes(new BufferedReader(reader));
    boolean any = false;
    for (Optional<String> note = all.next(); note.isPresent(); note = all.next()) {
      any |= note.get().contains("\n\n");
      Optional<Checkpoint> good = open(note.get(), keys);
      if (good.isPresent()) {
        trusted.add(good.get());
      }
    }
    if (!any) {
      throw new IllegalArgumentException("it holds no checkpoint");
    }
    if (trusted.byOrigin.isEmpty()) {
      throw FoundException.tampered(
          null, null, "no checkpoint of the checkpoint file has a good signature of the key");
    }
    return trusted;
  }

  private void add(Checkpoint checkpoint) {
    TreeMap<Long, Checkpoint> ofOrigin =
        byOrigin.computeIfAbsent(checkpoint.origin(), any -> new TreeMap<>());
    Checkpoint other = ofOrigin.put(checkpoint.size(), checkpoint);
    if (other != null && !other.equals(checkpoint)) {
      throw FoundException.tampered(
          null,
          null,
          "fork: two checkpoints of %s with size %d were signed, with different roots"
              .formatted(checkpoint.origin(), checkpoint.size()));
    }
    if (ofOrigin.size() > MOST_EACH) {
      ofOrigin.pollFirstEntry();
    }
  }

  static Optional<Checkpoint> open(String note, List<CheckpointVerifier> keys) {
    return keys.stream().flatMap(key -> key.open(note).stream()).findFirst();
  }

  Set<String> origins() {
    return byOrigin.keySet();
  }

  /** By size; empty when there are none of this origin. */
  NavigableMap<Long, Checkpoint> of(String origin) {
    return byOrigin.getOrDefault(origin, new TreeMap<>());
  }
}
