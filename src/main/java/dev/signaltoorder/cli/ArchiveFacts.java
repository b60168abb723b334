package dev.signaltoorder.cli;

import dev.signaltoorder.journal.Archiving;
import dev.signaltoorder.journal.ArchivingException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves received bytes of old facts out of the database into signed archives. */
@Command(
    name = "archive",
    description = {
      "Writes old facts of an account into signed, compressed archives and moves the bytes that",
      "were received with them (webhooks, Kraken's answers) out of the database. The service must",
      "be running: it signs the record. Can be stopped at any moment and repeated.",
      "Without --password-file the password is taken from the environment variable PGPASSWORD."
    },
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
@RegisterForReflection
final class ArchiveFacts implements Callable<Integer> {
  private static final String URL_START = "jdbc:postgresql:";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Terminal terminal;
  private final Clock clock;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--account", required = true, description = "Whose facts.")
  private String account = "";

  @Option(
      names = "--before",
      required = true,
      description =
          "Facts recorded before this day (2026-01-31) or time (2026-01-31T12:00:00Z), UTC.")
  private String before = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<folder>",
      description = "Where archives are written, and where earlier ones are.")
  private Path folder = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "<public.pem>",
      description = "Public key of the checkpoints; several after a change of the key.")
  private List<Path> keys = new ArrayList<>();

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Option(names = "--database", description = "JDBC address of the database.")
  private String database = "jdbc:postgresql://localhost:5432/signal_to_order";

  @Option(names = "--user", description = "Role of the database to do it as.")
  private String user = "s2o_archiver";

  @Option(
      names = "--password-file",
      paramLabel = "<file>",
      description = "File with that role's password.")
  private @Nullable Path passwordFile;

  @Option(names = "--origin", description = "The service's checkpoint-origin.")
  private String origin = "signal-to-order";

  ArchiveFacts(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Instant until = time();
    if (!Files.isDirectory(folder)) {
      throw wrong("--to: " + folder + " is no folder");
    }
    Archiving.Wanted wanted =
        new Archiving.Wanted(account, until, folder.toAbsolutePath(), actor(), PATIENCE);
    Archiving archiving =
        new Archiving(source(), origin, keys, clock, line -> terminal.out().println(line));
    try {
      if (dryRun) {
        archiving.rehearse(wanted);
      } else {
        archiving.run(wanted);
      }
      terminal.out().println(dryRun ? "nothing was changed" : "done");
      return 0;
    } catch (ArchivingException | IOException | SQLException e) {
      terminal.err().println("archive: " + e.getMessage());
      return 1;
    }
  }

  private Instant time() {
    try {
      return before.length() == "2026-01-31".length()
          ? LocalDate.parse(before).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(before);
    } catch (DateTimeException e) {
      throw wrong("--before: " + before + " is neither a day, 2026-01-31, nor a time in UTC");
    }
  }

  /** By its interface: send-sample runs without the driver, and every command is looked at. */
  private DataSource source() {
    if (!database.startsWith(URL_START)) {
      throw wrong("--database: it does not begin with " + URL_START);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database);
    source.setUser(user);
    source.setPassword(password());
    return source;
  }

  private String password() {
    if (passwordFile == null) {
      return Objects.requireNonNullElse(System.getenv("PGPASSWORD"), "");
    }
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw wrong("--password-file: " + passwordFile + " cannot be read");
    }
  }

  private static String actor() {
    return System.getProperty("user.name", "");
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "archive: " + problem);
  }
}
