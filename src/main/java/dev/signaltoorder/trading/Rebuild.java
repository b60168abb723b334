package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.Lease;

/** Makes an account's state anew from its journal. */
final class Rebuild {
  private static final int SUMMARIES_EVERY = 10_000;
  private static final int LEASE_EVERY = 500;

  private final Journal journal;
  private final FactCodec codec;

  Rebuild(Journal journal, FactCodec codec) {
    this.journal = journal;
    this.codec = codec;
  }

  /**
   * Folds all facts into an empty state.
   *
   * @param keepLease called often; it may take longer than the lease lasts
   * @return how many facts there are
   */
  long into(AccountState state, Lease lease, Runnable keepLease) {
    long size =
        journal.replay(
            lease.account(),
            0,
            record -> {
              codec.decode(record).ifPresent(state::apply);
              if (record.seq() % SUMMARIES_EVERY == 0) {
                state.takeTouched();
              }
              if (record.seq() % LEASE_EVERY == 0) {
                keepLease.run();
              }
            });
    state.takeTouched();
    if (size != lease.journalSize()) {
      throw new IllegalStateException(
          "the journal holds " + size + " facts, its lease says " + lease.journalSize());
    }
    return size;
  }
}
