package dev.signaltoorder.development;

import java.io.IOException;
import java.util.List;

/**
 * Runs commands when the JVM ends, until one succeeds. Knows nothing but the JDK: when it runs, the
 * class loader of an application that was reloaded since is closed.
 */
final class StopOnExit implements Runnable {
  private final List<List<String>> commands;

  private StopOnExit(List<List<String>> commands) {
    this.commands = commands;
  }

  static void register(List<List<String>> commands) {
    Runtime.getRuntime().addShutdownHook(new Thread(new StopOnExit(commands), "stop-postgres"));
  }

  @Override
  public void run() {
    for (List<String> command : commands) {
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return;
        }
      } catch (IOException e) {
        // The next one may do; a server that stays is found and used by the next start.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
