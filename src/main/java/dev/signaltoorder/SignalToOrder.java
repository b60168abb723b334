package dev.signaltoorder;

import dev.signaltoorder.cli.Commands;
import dev.signaltoorder.cli.Terminal;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Clock;

/** The program: serves when it has no arguments, else runs the named command and ends. */
@QuarkusMain
public final class SignalToOrder {
  /** Where Quarkus loads the application from in dev mode, and only then. */
  private static final String DEV_MODE_LOADER = "Quarkus Runtime ClassLoader: DEV";

  // Not private: the annotation makes it a bean.
  SignalToOrder() {}

  /** Starts the service or a command; a command ends the process with its exit code. */
  public static void main(String[] args) {
    if (args.length > 0) {
      System.exit(Commands.on(Terminal.ofProcess(), Clock.systemUTC()).execute(args));
    }
    // Asked of the class loader because Quarkus sets its launch mode only in run().
    if (String.valueOf(SignalToOrder.class.getClassLoader()).contains(DEV_MODE_LOADER)) {
      prepareDevelopment();
      // With dev mode's own way of ending: the process stays for the next reload.
      Quarkus.run(args);
    } else {
      Quarkus.run(null, new ProcessExit(), args);
    }
  }

  /** Reached by name, so that packages need neither these classes nor what they use. */
  private static void prepareDevelopment() {
    // Not a constant: the native build would follow it.
    String name = SignalToOrder.class.getPackageName() + ".development.DevelopmentStart";
    try {
      Class.forName(name).asSubclass(Runnable.class).getDeclaredConstructor().newInstance().run();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("dev mode runs from a checkout that has " + name, e);
    }
  }
}
