package dev.signaltoorder.journal;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs checkpoints and hands them out of the house: to the file first, then to the log and the
 * webhook. What could not be kept in the file is not signed, so that nothing is forgotten.
 */
final class CheckpointSigner {
  private static final Logger LOG = Logger.getLogger("dev.signaltoorder.checkpoint");

  private final List<CheckpointVerifier> verifiers = new CopyOnWriteArrayList<>();
  private final @Nullable CheckpointFile file;
  private final @Nullable CheckpointWebhook webhook;
  private final Map<String, SignedCheckpoint> remembered;
  private final Set<String> handedOver = new HashSet<>();
  private volatile CheckpointKey key;
  private @Nullable CheckpointKey former;
  private boolean fileFailed;

  private CheckpointSigner(
      CheckpointKey key,
      @Nullable CheckpointFile file,
      @Nullable CheckpointWebhook webhook,
      Map<String, SignedCheckpoint> remembered) {
    this.key = key;
    this.verifiers.add(key.verifier());
    this.file = file;
    this.webhook = webhook;
    this.remembered = new HashMap<>(remembered);
  }

  /**
   * Reads what was signed before from the file.
   *
   * @return empty when no key is configured
   * @throws IOException when the file is there and cannot be read
   */
  static Optional<CheckpointSigner> of(EvidenceSettings settings) throws IOException {
    if (settings.key().isEmpty()) {
      return Optional.empty();
    }
    CheckpointKey key = settings.key().get();
    CheckpointFile file = settings.file().map(CheckpointFile::new).orElse(null);
    return Optional.of(
        new CheckpointSigner(
            key,
            file,
            settings.webhook().map(CheckpointWebhook::new).orElse(null),
            file == null ? Map.of() : file.largest(key.verifier())));
  }

  /** Of the key that signs now. */
  CheckpointVerifier verifier() {
    return key.verifier();
  }

  /** Of all keys that this process has signed with. */
  List<CheckpointVerifier> verifiers() {
    return verifiers;
  }

  /**
   * Signs with another key from now on. The first note of each log is then signed with both, so
   * that who trusts the old key knows the new one, and a restart still knows what the old one
   * signed.
   */
  void replaceKey(CheckpointKey next) {
    former = key;
    key = next;
    verifiers.add(next.verifier());
    handedOver.clear();
  }

  /** True until a log has a note that both the old and the new key have signed. */
  boolean isToBeHandedOver(String origin) {
    return former != null && !handedOver.contains(origin);
  }

  /** The largest checkpoint of a log that was signed before, as the file outside knows it. */
  Optional<SignedCheckpoint> remembered(String origin) {
    return Optional.ofNullable(remembered.get(origin));
  }

  /** The names of all logs that were signed before, as the file outside knows them. */
  Iterable<String> rememberedOrigins() {
    return remembered.keySet();
  }

  /** The signed note; empty when it could not be kept outside. */
  Optional<String> sign(Checkpoint checkpoint) {
    CheckpointKey old = former;
    String note =
        old != null && isToBeHandedOver(checkpoint.origin())
            ? key.cosign(checkpoint, old.sign(checkpoint))
            : key.sign(checkpoint);
    if (file != null) {
      try {
        file.append(note);
        fileFailed = false;
      } catch (IOException e) {
        if (!fileFailed) {
          LOG.errorf("ALARM: checkpoints cannot be written to their file: %s", e.getMessage());
        }
        fileFailed = true;
        return Optional.empty();
      }
    }
    handedOver.add(checkpoint.origin());
    remembered.put(checkpoint.origin(), new SignedCheckpoint(checkpoint, note));
    // One line, from which the note can be made again.
    LOG.infof("checkpoint %s", note.strip().replace("\n", "\\n"));
    if (webhook != null) {
      webhook.offer(note);
    }
    return Optional.of(note);
  }

  void close() {
    if (webhook != null) {
      webhook.close();
    }
  }
}
