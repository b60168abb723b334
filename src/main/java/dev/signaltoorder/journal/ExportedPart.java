package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which facts of one log an export holds, as its own lines say. Nothing is believed for it: it only
 * tells which of many kept checkpoints are worth opening.
 *
 * @param first number of its first fact
 * @param next number after its last fact
 * @param head how many facts its newest checkpoint attests; {@code next} when it has none
 */
record ExportedPart(long first, long next, long head) {
  /** When nothing is known: every checkpoint may be worth it. */
  static final ExportedPart ANY = new ExportedPart(0, Long.MAX_VALUE, Long.MAX_VALUE);

  // The lines of an export are canonical JSON: their last field is their type.
  private static final byte[] BEGIN = "\"type\":\"journal\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\"type\":\"journal-end\"}".getBytes(StandardCharsets.UTF_8);

  /** Whether a checkpoint of so many facts can be held against the facts or the newest one. */
  boolean holds(long size) {
    return (size >= first && size <= next) || size == head;
  }

  /**
   * Reads an export for its parts only, by the name of the log. What is odd in it is left to who
   * checks it, and so is an export that cannot be read to its end.
   */
  static Map<String, ExportedPart> of(InputStream export) {
    Map<String, ExportedPart> parts = new HashMap<>();
    ExportReader in = new ExportReader(export);
    Optional<ObjectNode> begin = Optional.empty();
    try {
      while (in.advance()) {
        if (in.endsWith(BEGIN)) {
          begin = in.object();
        } else if (in.endsWith(END) && begin.isPresent()) {
          ExportedPart part = in.object().map(between(begin.get())).orElse(ANY);
          // A log that is there twice is odd.
          parts.merge(ExportReader.text(begin.get(), "origin"), part, (one, other) -> ANY);
          begin = Optional.empty();
        }
      }
    } catch (IOException | FoundException e) {
      // Told by the check that follows.
    }
    return parts;
  }

  private static java.util.function.Function<ObjectNode, ExportedPart> between(ObjectNode begin) {
    return end -> {
      long first = begin.path("first").asLong(0);
      long next = end.path("next").asLong(Long.MAX_VALUE);
      String note = ExportReader.text(end, "checkpoint");
      long head = CheckpointVerifier.unverified(note).map(Checkpoint::size).orElse(next);
      return new ExportedPart(first, next, head);
    };
  }
}
