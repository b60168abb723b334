package dev.signaltoorder.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.security.SecureRandom;
import picocli.CommandLine.Command;

/** Prints a fresh webhook secret. */
@Command(
    name = "new-secret",
    description = "Prints a fresh whsec_ secret for a source's secrets file and its sender.",
    mixinStandardHelpOptions = true)
@RegisterForReflection
final class NewSecret implements Runnable {
  private final Terminal terminal;
  private final SecureRandom random;

  NewSecret(Terminal terminal, SecureRandom random) {
    this.terminal = terminal;
    this.random = random;
  }

  @Override
  public void run() {
    terminal.out().println(WebhookSecret.fresh(random).written());
  }
}
