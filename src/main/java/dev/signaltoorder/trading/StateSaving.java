package dev.signaltoorder.trading;

import dev.signaltoorder.journal.JournalException;
import dev.signaltoorder.journal.StateSnapshots;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Saves the folded state from time to time, for one term. The loop only copies references; another
 * thread writes. The saved bytes count from the moment their hash is a fact in the journal.
 */
final class StateSaving {
  private static final Logger LOG = Logger.getLogger(StateSaving.class);
  private static final long EVERY_FACTS = 10_000;

  /** A stop is not held up for the sake of fewer facts than these. */
  private static final long WORTH_IT = 100;

  private final StateSnapshots snapshots;
  private final String account;
  private final String version;
  private final StateCodec codec = new StateCodec();
  private final AtomicReference<Fact.@Nullable StateSaved> saved = new AtomicReference<>();
  private volatile boolean writing;
  private long lastAt;

  /**
   * For one term.
   *
   * @param lastAt facts that were folded into the last saved state
   */
  StateSaving(StateSnapshots snapshots, String account, String program, long lastAt) {
    this.snapshots = snapshots;
    this.account = account;
    this.version = StateCodec.version(program);
    this.lastAt = lastAt;
  }

  /** Between two commits. Returns at once. */
  void saveIfDue(AccountState state, long size) {
    if (size - lastAt < EVERY_FACTS || writing || state.tallies().hasAnomalies()) {
      return;
    }
    lastAt = size;
    writing = true;
    StateImage image = StateImage.of(state);
    Thread.ofPlatform()
        .daemon()
        .name("state-" + account)
        .start(
            () -> {
              try {
                saved.set(write(image, size));
              } catch (JournalException e) {
                LOG.warnf("account %s: state not saved: %s", account, e.getMessage());
              } finally {
                writing = false;
              }
            });
  }

  /** At the end of a term. Returns when it is written. */
  Optional<Fact.StateSaved> saveNow(AccountState state, long size) {
    return size - lastAt < WORTH_IT
        ? Optional.empty()
        : Optional.of(write(StateImage.of(state), size));
  }

  /** What was written since the last call, to be recorded. */
  Optional<Fact.StateSaved> written() {
    return Optional.ofNullable(saved.getAndSet(null));
  }

  private Fact.StateSaved write(StateImage image, long size) {
    byte[] bytes = codec.encode(image);
    String sha256 = StateCodec.sha256(bytes);
    snapshots.save(
        account, new StateSnapshots.Saved(size, version, HexFormat.of().parseHex(sha256), bytes));
    return new Fact.StateSaved(size, version, sha256);
  }
}
