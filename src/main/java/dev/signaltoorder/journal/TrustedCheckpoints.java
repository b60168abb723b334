package dev.signaltoorder.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checkpoints that the reader of an export has kept elsewhere, by origin and size. */
public final class TrustedCheckpoints {
  /**
   * Of each origin the newest so many that lie in the export are used: enough, because each attests
   * everything before it, and bounded.
   */
  private static final int MOST_EACH = 10_000;

  /** The largest one is looked for among so many. */
  private static final int CANDIDATES = 50;

  /** Without any. */
  public static final TrustedCheckpoints NONE = new TrustedCheckpoints();

  private final TreeMap<String, TreeMap<Long, Checkpoint>> byOrigin = new TreeMap<>();

  private TrustedCheckpoints() {}

  static TrustedCheckpoints read(Reader reader, List<CheckpointVerifier> keys) throws IOException {
    return read(reader, keys, Map.of());
  }

  /**
   * Reads notes that stand one after the other. Those of other keys are passed over. Of each origin
   * those that lie in the export are kept, and the largest of all: it tells how many facts there
   * are at least. Only signatures of these are checked.
   *
   * @param parts of the export, by origin; of an origin without one everything is kept
   * @throws IOException when they cannot be read
   * @throws IllegalArgumentException when there is not one note in it
   */
  static TrustedCheckpoints read(
      Reader reader, List<CheckpointVerifier> keys, Map<String, ExportedPart> parts)
      throws IOException {
    Map<String, Notes> all = new TreeMap<>();
    CheckpointNotes in = new CheckpointNotes(new BufferedReader(reader));
    boolean any = false;
    for (Optional<String> next = in.next(); next.isPresent(); next = in.next()) {
      String note = next.get();
      any |= note.contains("\n\n");
      Checkpoint says = CheckpointVerifier.unverified(note).orElse(null);
      if (says != null && keys.stream().anyMatch(key -> key.claims(says.origin(), note))) {
        ExportedPart part = parts.getOrDefault(says.origin(), ExportedPart.ANY);
        all.computeIfAbsent(says.origin(), origin -> new Notes()).add(says.size(), note, part);
      }
    }
    if (!any) {
      throw new IllegalArgumentException("it holds no checkpoint");
    }
    TrustedCheckpoints trusted = new TrustedCheckpoints();
    all.values().forEach(notes -> trusted.take(notes, keys));
    if (trusted.byOrigin.isEmpty()) {
      throw FoundException.tampered(
          null, null, "no checkpoint of the checkpoint file has a good signature of the key");
    }
    return trusted;
  }

  /** Notes of one origin, by size; two of one size are two keys' notes, or a fork. */
  private static final class Notes {
    private final TreeMap<Long, Set<String>> inPart = new TreeMap<>();
    private final TreeMap<Long, Set<String>> largest = new TreeMap<>();

    void add(long size, String note, ExportedPart part) {
      if (part.holds(size)) {
        add(inPart, size, note, MOST_EACH);
      }
      add(largest, size, note, CANDIDATES);
    }

    private static void add(NavigableMap<Long, Set<String>> to, long size, String note, int most) {
      to.computeIfAbsent(size, any -> new LinkedHashSet<>()).add(note);
      if (to.size() > most) {
        to.pollFirstEntry();
      }
    }
  }

  private void take(Notes notes, List<CheckpointVerifier> keys) {
    notes.inPart.values().forEach(ofSize -> takeGood(ofSize, keys));
    for (Set<String> ofSize : notes.largest.descendingMap().values()) {
      if (takeGood(ofSize, keys)) {
        return;
      }
    }
  }

  private boolean takeGood(Set<String> ofSize, List<CheckpointVerifier> keys) {
    boolean any = false;
    for (String note : ofSize) {
      Optional<Checkpoint> good = open(note, keys);
      good.ifPresent(this::add);
      any |= good.isPresent();
    }
    return any;
  }

  private void add(Checkpoint checkpoint) {
    Checkpoint other =
        byOrigin
            .computeIfAbsent(checkpoint.origin(), any -> new TreeMap<>())
            .put(checkpoint.size(), checkpoint);
    if (other != null && !other.equals(checkpoint)) {
      throw FoundException.tampered(
          null,
          null,
          "fork: two checkpoints of %s with size %d were signed, with different roots"
              .formatted(checkpoint.origin(), checkpoint.size()));
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
