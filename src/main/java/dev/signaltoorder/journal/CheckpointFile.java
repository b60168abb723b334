package dev.signaltoorder.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The signed checkpoints outside of the database, one note after the other: what a rewritten
 * database is held against. Only ever appended to.
 */
final class CheckpointFile {
  /** Of each origin so many last notes are kept until one is found good. */
  private static final int CANDIDATES = 50;

  private final Path path;

  CheckpointFile(Path path) {
    this.path = path;
  }

  /** On the disk when this returns. */
  void append(String note) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // After what a crash cut off, a line of its own.
      String text = endsInLineFeed(channel) ? note : "\n" + note;
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static boolean endsInLineFeed(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() == 0
        || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
  }

  /**
   * The largest checkpoint of each origin, with its note. Notes of other keys, and one that a crash
   * cut off, are passed over.
   */
  Map<String, SignedCheckpoint> largest(CheckpointVerifier verifier) throws IOException {
    Map<String, Deque<String>> newest = new HashMap<>();
    if (!Files.exists(path)) {
      return Map.of();
    }
    try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      CheckpointNotes notes = new CheckpointNotes(in);
      for (Optional<String> note = notes.next(); note.isPresent(); note = notes.next()) {
        String origin = note.get().substring(0, note.get().indexOf('\n'));
        Deque<String> kept = newest.computeIfAbsent(origin, any -> new ArrayDeque<>());
        kept.addLast(note.get());
        if (kept.size() > CANDIDATES) {
          kept.removeFirst();
        }
      }
    }
    Map<String, SignedCheckpoint> largest = new HashMap<>();
    newest
        .values()
        .forEach(
            kept ->
                kept.stream()
                    .flatMap(
                        note ->
                            verifier.open(note).map(it -> new SignedCheckpoint(it, note)).stream())
                    .max(Comparator.comparingLong(signed -> signed.checkpoint().size()))
                    .ifPresent(good -> largest.put(good.checkpoint().origin(), good)));
    return largest;
  }
}
