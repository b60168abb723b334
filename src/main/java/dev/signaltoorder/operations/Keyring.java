package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.KeyFiles;
import dev.signaltoorder.kraken.KeysReport;
import dev.signaltoorder.kraken.KrakenAccountClient;
import dev.signaltoorder.kraken.KrakenKeys;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.trading.KrakenExchange;
import dev.signaltoorder.trading.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one account while the process runs. When the files hold other keys, and hold them at
 * two looks one after the other, Kraken is asked about them; only keys that may be traded with
 * replace those in use. Whatever is wrong with new files, the old keys stay. Thread-safe.
 */
final class Keyring {

  // A check that failed is not repeated at once: failed calls lock an account out.
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final KeyFiles files;
  private final Clock clock;
  private KrakenKeys inUse;
  private @Nullable KrakenAccountClient client;
  private @Nullable KrakenKeys seen;
  private boolean checking;
  private Instant notBefore = Instant.MIN;
  private Duration pause = FIRST_PAUSE;
  private String unusable = "";
  private String complaint = "";

  /**
   * @throws IllegalStateException if the files cannot be used now
   */
  Keyring(KeyFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
    this.inUse =
        switch (files.load()) {
          case KeyFiles.Loaded loaded -> loaded.keys();
          case KeyFiles.Unusable bad ->
              throw new IllegalStateException("the key files cannot be used: " + lines(bad));
        };
  }

  /** The last keys that were good. */
  synchronized KrakenKeys inUse() {
    return inUse;
  }

  /** From now on these calls are the account's. */
  synchronized void opened(KrakenAccountClient opened) {
    client = opened;
    checking = false;
  }

  /**
   * Looks at the files.
   *
   * @param tell takes what the account's journal has to know
   */
  synchronized void look(Consumer<Message> tell) {
    KrakenAccountClient using = client;
    if (using == null || checking) {
      return;
    }
    switch (files.load()) {
      case KeyFiles.Unusable bad -> {
        // Files are replaced one after the other: only what stays wrong is wrong.
        if (lines(bad).equals(unusable)) {
          complain(unusable, tell);
        }
        unusable = lines(bad);
      }
      case KeyFiles.Loaded loaded -> {
        unusable = "";
        found(loaded.keys(), using, tell);
      }
    }
  }

  private void found(KrakenKeys found, KrakenAccountClient using, Consumer<Message> tell) {
    if (found.sameAs(inUse)) {
      seen = null;
      complaint = "";
      return;
    }
    if (seen == null || !found.sameAs(seen)) {
      seen = found;
      notBefore = Instant.MIN;
      pause = FIRST_PAUSE;
      return;
    }
    if (found.contradicts(inUse)) {
      complain("only one of a key and its secret was replaced: both belong together", tell);
      return;
    }
    if (!clock.instant().isBefore(notBefore)) {
      checking = true;
      using.rotate(found, (report, adopted) -> checked(using, found, report, adopted, tell));
    }
  }

  private synchronized void checked(
      KrakenAccountClient asked,
      KrakenKeys found,
      KeysReport report,
      boolean adopted,
      Consumer<Message> tell) {
    if (!asked.equals(client)) {
      // The account's loop began anew meanwhile; the next look finds the files again.
      return;
    }
    checking = false;
    if (adopted) {
      String from = inUse.fingerprints();
      inUse = found;
      seen = null;
      complaint = "";
      tell.accept(new Message.KeysRotated(from, KrakenExchange.checked(report)));
      return;
    }
    notBefore = clock.instant().plus(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    complaint = String.join("; ", report.refusals());
    tell.accept(new Message.KeysNotRotated(inUse.fingerprints(), complaint, report.calls()));
  }

  private void complain(String text, Consumer<Message> tell) {
    if (!text.equals(complaint)) {
      complaint = text;
      tell.accept(new Message.KeysNotRotated(inUse.fingerprints(), text, List.of()));
    }
  }

  private static String lines(KeyFiles.Unusable bad) {
    return bad.problems().stream()
        .map(ConfigurationProblem::line)
        .collect(Collectors.joining("; "));
  }
}
