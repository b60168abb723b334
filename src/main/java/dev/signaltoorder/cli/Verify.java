package dev.signaltoorder.cli;

import dev.signaltoorder.journal.ExportVerifier;
import dev.signaltoorder.journal.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an export of the journal, without a database and without a network. */
@Command(
    name = "verify",
    description = {
      "Checks an export of the journal offline and names the first wrong entry.",
      "Exit code 0 good, 1 tampered, 2 unusable: it cannot be told."
    },
    mixinStandardHelpOptions = true)
@RegisterForReflection
final class Verify implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "<export.ndjson>",
      description = "What GET /audit/export answered; also compressed with gzip.")
  private Path export = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "<public.pem>",
      description = {
        "Ed25519 public key, SPKI PEM: openssl pkey -in checkpoint.key -pubout.",
        "Several after a change of the key."
      })
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "<file>",
      description = {
        "Signed checkpoints that were kept elsewhere, one after the other.",
        "Only they show a cut-off tail and a journal that was written anew.",
        "Of a part (from, to) those that attest to its facts are compared."
      })
  private @Nullable Path checkpoint;

  Verify(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return switch (ExportVerifier.verify(export, keys, checkpoint)) {
      case Verdict.Good good -> {
        good.journals().forEach(line -> terminal.out().println(printable(line)));
        terminal
            .out()
            .println(good.part().isEmpty() ? "good" : "good as a part: " + printable(good.part()));
        yield 0;
      }
      case Verdict.Tampered found -> {
        StringBuilder text = new StringBuilder("tampered: ");
        if (found.account() != null) {
          text.append("account ").append(found.account()).append(", ");
        }
        if (found.seq() != null) {
          text.append("seq ").append(found.seq()).append(": ");
        }
        terminal.out().println(printable(text.append(found.what()).toString()));
        yield 1;
      }
      case Verdict.Unusable unusable -> {
        terminal.err().println("unusable: " + printable(unusable.why()));
        yield 2;
      }
    };
  }

  /** Names in an export are its maker's: they must not look like lines of ours. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
