package dev.signaltoorder.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands of the program. Exit codes: 0 done, 1 failed, 2 wrong usage; a command says in its
 * help where it differs.
 */
@Command(
    name = "signal-to-order",
    description = {
      "Turns trading signals into orders on Kraken and records everything.",
      "Without a command it serves."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "[COMMAND]")
@RegisterForReflection
public final class Commands {
  private Commands() {}

  /**
   * The command line with its commands, ready to execute or to be given more commands.
   *
   * @param clock stamps sample signals and archives
   */
  public static CommandLine on(Terminal terminal, Clock clock) {
    SecureRandom random = new SecureRandom();
    return new CommandLine(new Commands())
        .addSubcommand(new ArchiveFacts(terminal, clock))
        .addSubcommand(new CheckHealth(terminal))
        .addSubcommand(new HashPassword(terminal, random))
        .addSubcommand(new NewSecret(terminal, random))
        .addSubcommand(new SendSample(terminal, clock))
        .addSubcommand(new Verify(terminal))
        .setOverwrittenOptionsAllowed(true) // the last one counts, as in every shell tool
        .setOut(terminal.out())
        .setErr(terminal.err());
  }
}
