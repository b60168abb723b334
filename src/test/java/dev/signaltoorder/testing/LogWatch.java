package dev.signaltoorder.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Listens to everything that is logged, until it is closed; what the packaged program logs is read
 * from its file.
 */
public final class LogWatch implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");
  private static final Path PROGRAM =
      Path.of(System.getProperty("quarkus.log.file.path", "target/quarkus.log"));

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler = new Collecting();

  private final long begun;

  private LogWatch(long begun) {
    this.begun = begun;
  }

  /** Listens from now on. */
  public static LogWatch start() {
    LogWatch watch = new LogWatch(RunningService.isPackaged() ? PROGRAM.toFile().length() : 0);
    ROOT.addHandler(watch.handler);
    return watch;
  }

  /** Everything so far, with stack traces. */
  public String text() {
    if (RunningService.isPackaged()) {
      return programSaid();
    }
    return String.join("\n", lines);
  }

  private String programSaid() {
    try (RandomAccessFile file = new RandomAccessFile(PROGRAM.toFile(), "r")) {
      byte[] said = new byte[Math.toIntExact(file.length() - begun)];
      file.seek(begun);
      file.readFully(said);
      return new String(said, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
