package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Bell;
import dev.signaltoorder.journal.JournalException;
import dev.signaltoorder.journal.SharedTables;
import dev.signaltoorder.journal.WaitingCommands.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Operators' commands for accounts that another process leads, or nobody. A command is left in the
 * database, and its answer is waited for. A halt that is recorded is binding: if nobody leads the
 * account, nobody can send, and the next leader carries it out before anything else. Any other
 * command that is not carried out in time is taken back.
 */
final class RemoteCommands {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final SharedTables tables;
  private final Bell bell;
  private final Duration patience;
  private final HandOverCodec codec = new HandOverCodec();

  RemoteCommands(SharedTables tables, Bell bell) {
    this(tables, bell, PATIENCE);
  }

  RemoteCommands(SharedTables tables, Bell bell, Duration patience) {
    this.tables = tables;
    this.bell = bell;
    this.patience = patience;
  }

  /**
   * Gives the command and waits. Blocks.
   *
   * @throws CommandNotInForceException when it is not known to be in force
   * @throws JournalException when the database is away
   */
  CommandResult give(String account, Message message) {
    UUID id = UUID.randomUUID();
    tables.commands().give(codec.command(id, account, message), tables.replicas().id());
    bell.ring(account);
    long until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < until) {
      CommandResult result = result(id, account, message);
      if (result != null) {
        return result;
      }
      pause();
    }
    if (message instanceof Message.Halt) {
      throw new CommandNotInForceException(
          "the halt is recorded and will be carried out, but the leader has not said so within "
              + patience.toSeconds()
              + " s");
    }
    if (tables.commands().withdraw(id)) {
      throw new CommandNotInForceException(
          "no leader carried it out within " + patience.toSeconds() + " s; it was taken back");
    }
    CommandResult late = result(id, account, message);
    if (late != null) {
      return late;
    }
    throw new CommandNotInForceException("it is recorded, but its effect is not complete yet");
  }

  private @Nullable CommandResult result(UUID id, String account, Message message) {
    Progress progress = tables.commands().progress(id);
    String answer = progress.answer();
    if (progress.executed() && answer != null) {
      return progress.inForce() || !leads(account, progress.fencing())
          ? new CommandResult(progress.done(), answer)
          : null;
    }
    boolean nobodyCanSend =
        message instanceof Message.Halt && tables.replicas().leader(account).isEmpty();
    return nobodyCanSend
        ? new CommandResult(
            true,
            "halted: recorded; nobody leads the account, and whoever does next halts it first")
        : null;
  }

  /** A leader that is gone completes nothing any more, and sends nothing any more. */
  private boolean leads(String account, long fencing) {
    Optional<Long> leader = tables.replicas().leader(account);
    return leader.isPresent() && leader.get() == fencing;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandNotInForceException("interrupted while waiting for the leader");
    }
  }
}
