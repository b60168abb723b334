package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One account's log as this process knows it: follows the facts, signs checkpoints, reads old facts
 * again. When the database contradicts what was signed it says so and signs no more: a process that
 * began anew would find the same.
 */
final class AccountLog {
  private static final Logger LOG = Logger.getLogger(AccountLog.class);
  private static final int MOST_FACTS_UNSIGNED = 1_000;
  private static final long LONGEST_UNSIGNED_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SCRUB_PAUSE_NANOS = Duration.ofHours(1).toNanos();

  private final String account;
  private final String origin;
  private final @Nullable CheckpointSigner signer;
  private final JournalScrub scrub;
  private @Nullable LogFollower follower;
  private long signedSize;
  private long signedNanos;
  private long scrubbedNanos;
  private boolean scrubResting;
  private volatile LogStatus status;

  /**
   * @param signer null when nothing is signed
   */
  AccountLog(String account, String origin, @Nullable CheckpointSigner signer, long nowNanos) {
    this.account = account;
    this.origin = origin;
    this.signer = signer;
    this.scrub =
        new JournalScrub(account, origin, () -> signer == null ? List.of() : signer.verifiers());
    this.signedNanos = nowNanos - LONGEST_UNSIGNED_NANOS;
    this.status = new LogStatus(account, 0, 0, 0, null);
  }

  LogStatus status() {
    return status;
  }

  /**
   * Takes in what is new and signs where it is time. The caller commits.
   *
   * @return how many facts were new
   */
  long follow(Connection connection, long nowNanos) throws SQLException {
    if (status.contradiction() != null) {
      return 0;
    }
    long before = status.facts();
    try {
      LogFollower following = follower == null ? begin(connection) : follower;
      follower = following;
      int read;
      do {
        read = following.follow(connection, MOST_FACTS_UNSIGNED);
        sign(connection, following, nowNanos);
      } while (read == MOST_FACTS_UNSIGNED);
      status = new LogStatus(account, following.size(), signedSize, status.verifiedFacts(), null);
    } catch (ContradictionException e) {
      contradicted(e);
    }
    return status.facts() - before;
  }

  /** After a failed commit: what was taken in may not be stored. */
  void forget() {
    follower = null;
  }

  private LogFollower begin(Connection connection) throws SQLException {
    List<Checkpoint> known = new ArrayList<>();
    Optional<SignedCheckpoint> remembered = Optional.empty();
    if (signer != null) {
      remembered = signer.remembered(origin);
      remembered.ifPresent(signed -> known.add(signed.checkpoint()));
      for (CheckpointVerifier verifier : signer.verifiers()) {
        CheckpointTable.newest(connection, account, origin, verifier)
            .ifPresent(signed -> known.add(signed.checkpoint()));
      }
    }
    LogFollower behind = LogFollower.behind(connection, account, known);
    if (signer != null && remembered.isPresent()) {
      storeAgain(connection, remembered.get(), signer);
    }
    signedSize = known.stream().mapToLong(Checkpoint::size).max().orElse(0);
    return behind;
  }

  /**
   * What was signed last may be in the file only: the commit that was to bring it into the table
   * can have failed. An export must not end before what is attested outside.
   */
  private void storeAgain(Connection connection, SignedCheckpoint signed, CheckpointSigner by)
      throws SQLException {
    // The key that signs now first: a hand-over is signed by the one before as well.
    for (CheckpointVerifier verifier : by.verifiers().reversed()) {
      if (verifier.open(signed.note()).isPresent()) {
        CheckpointTable.insert(
            connection,
            account,
            signed.checkpoint(),
            CheckpointTable.keyId(verifier, origin),
            signed.note());
        return;
      }
    }
  }

  private void sign(Connection connection, LogFollower following, long nowNanos)
      throws SQLException {
    long unsigned = following.size() - signedSize;
    boolean handOver = signer != null && signer.isToBeHandedOver(origin) && following.size() > 0;
    boolean due =
        handOver
            || unsigned >= MOST_FACTS_UNSIGNED
            || (unsigned > 0 && nowNanos - signedNanos >= LONGEST_UNSIGNED_NANOS);
    if (signer == null || !due) {
      return;
    }
    Checkpoint head = new Checkpoint(origin, following.size(), following.root());
    Optional<String> note = signer.sign(head);
    if (note.isPresent()) {
      CheckpointTable.insert(
          connection, account, head, CheckpointTable.keyId(signer.verifier(), origin), note.get());
      signedSize = head.size();
      signedNanos = nowNanos;
    }
  }

  /**
   * Reads old facts again, at most so many; after a whole round it rests.
   *
   * @return false when there was nothing to do
   */
  boolean scrub(Connection connection, int most, long nowNanos) throws SQLException {
    if (status.contradiction() != null
        || (scrubResting && nowNanos - scrubbedNanos < SCRUB_PAUSE_NANOS)) {
      return false;
    }
    try {
      if (scrubResting) {
        scrub.restart();
      }
      scrubResting = scrub.slice(connection, most, status.facts());
      scrubbedNanos = nowNanos;
      long verified = Math.max(scrub.position(), status.verifiedFacts());
      status = new LogStatus(account, status.facts(), signedSize, verified, null);
    } catch (ContradictionException e) {
      contradicted(e);
    }
    return true;
  }

  private void contradicted(ContradictionException e) {
    LOG.errorf(
        "ALARM: account %s: the database contradicts the journal's earlier state: %s."
            + " No checkpoint of this journal is signed any more",
        account, e.getMessage());
    status =
        new LogStatus(account, status.facts(), signedSize, status.verifiedFacts(), e.getMessage());
  }
}
