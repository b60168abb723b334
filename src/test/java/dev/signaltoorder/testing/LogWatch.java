package dev.signaltoorder.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Listens to everything that is logged, until it is closed. */
public final class LogWatch implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler = new Collecting();

  private LogWatch() {}

  /** Listens from now on. */
  public static LogWatch start() {
    LogWatch watch = new LogWatch();
    ROOT.addHandler(watch.handler);
    return watch;
  }

  /** Everything so far, with stack traces. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    ROOT.removeHandler(handler);
  }

  private final class Collecting extends Handler {
    Collecting() {
      // Category, message and stack trace.
      setFormatter(new PatternFormatter("%c %s%e"));
    }

    @Override
    public void publish(LogRecord entry) {
      lines.add(getFormatter().format(entry));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
