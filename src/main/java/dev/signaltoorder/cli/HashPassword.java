package dev.signaltoorder.cli;

import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.UsersFile;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a users-file line for a password given on standard input. */
@Command(
    name = "hash-password",
    description = "Reads a password from standard input and prints its users-file line.",
    mixinStandardHelpOptions = true)
@RegisterForReflection
final class HashPassword implements Callable<Integer> {
  private static final int LENGTH_ADVISED = 12;

  private final Terminal terminal;
  private final SecureRandom random;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<name>", description = "The user's name.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "<role>[,<role>...]",
      split = ",",
      description = "reviewer, operator, metrics.")
  private Set<String> roles = new LinkedHashSet<>();

  HashPassword(Terminal terminal, SecureRandom random) {
    this.terminal = terminal;
    this.random = random;
  }

  @Override
  public Integer call() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    String password = in.readLine();
    if (password == null || password.isEmpty()) {
      terminal.err().println("hash-password: no password on standard input");
      return 2;
    }
    String line;
    try {
      line = UsersFile.line(name, PasswordHash.of(password.toCharArray(), random), roles);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "hash-password: " + e.getMessage());
    }
    if (password.length() < LENGTH_ADVISED) {
      terminal
          .err()
          .println("hash-password: the password has fewer than " + LENGTH_ADVISED + " characters");
    }
    terminal.out().println(line);
    return 0;
  }
}
