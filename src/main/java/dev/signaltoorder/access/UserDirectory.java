package dev.signaltoorder.access;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The users as the users file has them now: looked at once a second at most, when somebody signs
 * in, and read again when it changed. A new file with any fault is not used: the users stay as they
 * were, so that a slip in an editor locks nobody out and lets nobody in.
 */
@ApplicationScoped
class UserDirectory {
  private static final Logger LOG = Logger.getLogger(UserDirectory.class);
  private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /** What tells one state of the file from the next; null key fields: the file is not there. */
  private record Version(@Nullable Object modified, long size, @Nullable Object key) {}

  private final @Nullable Path file;
  private final Ticker ticker;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicLong checkedAtNanos;
  private volatile Users users = Users.NONE;
  private volatile @Nullable Version version;

  @Inject
  UserDirectory(AccessSettings settings) {
    this(settings.usersFile().map(Path::of).orElse(null), Ticker.systemTicker());
  }

  UserDirectory(@Nullable Path file, Ticker ticker) {
    this.file = file;
    this.ticker = ticker;
    this.checkedAtNanos = new AtomicLong(ticker.read() - CHECK_INTERVAL_NANOS);
  }

  /** The users now. May read the file, and the first read is waited for: not for an event loop. */
  Users users() {
    Path path = file;
    if (path != null && isDue() && lock()) {
      try {
        if (isDue()) {
          checkedAtNanos.set(ticker.read());
          readIfChanged(path);
        }
      } finally {
        reading.unlock();
      }
    }
    return users;
  }

  private boolean isDue() {
    return version == null || ticker.read() - checkedAtNanos.get() >= CHECK_INTERVAL_NANOS;
  }

  /**
   * Whoever finds it locked uses the users as they are, because the other one is reading; but as
   * long as nothing was read there are none, and that would be a wrong answer.
   */
  private boolean lock() {
    if (version == null) {
      reading.lock();
      return true;
    }
    return reading.tryLock();
  }

  private void readIfChanged(Path path) {
    Version found = version(path);
    Version known = version;
    if (found.equals(known)) {
      return;
    }
    UsersFile.Content content = UsersFile.read(path);
    if (content.problems().isEmpty()) {
      users = content.users();
      LOG.infof("users file read: %d users", content.users().size());
    } else {
      LOG.warnf(
          "users file %s is not used, the %d users before it stay: %s",
          path, users.size(), String.join("; ", content.problems()));
    }
    // Last: from here on others take the users without waiting.
    version = found;
  }

  private static Version version(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return new Version(null, -1, null);
    }
  }
}
