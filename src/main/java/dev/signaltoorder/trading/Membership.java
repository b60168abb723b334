package dev.signaltoorder.trading;

import dev.signaltoorder.journal.JournalException;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This process among the others over the same database: gives signs of life, knows who leads what,
 * and holds this process to its fair share of the accounts. Thread-safe. What it says decides only
 * who tries to lead; that no two do is the lease's matter alone.
 */
final class Membership {
  private static final Logger LOG = Logger.getLogger(Membership.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final Duration FREE_FOR_LONG = Duration.ofSeconds(1);
  private static final Duration SETTLED_AFTER = Duration.ofSeconds(2);
  private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(30);
  private static final Duration HAND_OVER_AGAIN = Duration.ofMinutes(5);
  private static final Duration TAKEOVER = Duration.ofSeconds(15);
  private static final Duration VIEW_LASTS = Duration.ofSeconds(10);
  private static final int TELL_EVERY_LOOKS = 4;

  private final Replicas replicas;
  private final List<String> accounts;
  private final Duration alive;
  private final Runnable tell;
  private final Set<String> led = new ConcurrentSkipListSet<>();
  private final Map<String, Long> freeSince = new ConcurrentHashMap<>();
  private final Map<String, Long> servedAt = new ConcurrentHashMap<>();
  private final Map<String, Long> handedOverAt = new ConcurrentHashMap<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("membership").unstarted(this::run);
  private final CountDownLatch looked = new CountDownLatch(1);
  private volatile Replicas.@Nullable View view;
  private volatile long lookedNanos;
  private volatile long liveSinceNanos;
  private volatile @Nullable String handingOver;
  private long handingOverSince;
  private volatile boolean stopping;

  /**
   * Silent until started.
   *
   * @param accounts the configured ones; the same in all processes
   * @param alive how long a process counts as alive after its last sign of life
   * @param tell called from time to time: says how the accounts led here stand
   */
  Membership(Replicas replicas, List<String> accounts, Duration alive, Runnable tell) {
    this.replicas = replicas;
    this.accounts = accounts;
    this.alive = alive;
    this.tell = tell;
  }

  UUID replica() {
    return replicas.id();
  }

  void start() {
    thread.start();
  }

  /** The others need not wait for this process. To be called when it leads nothing any more. */
  void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
      replicas.gone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (JournalException e) {
      LOG.debugf("not signed off: %s", e.getMessage());
    }
  }

  private void run() {
    for (int looks = 0; !stopping; looks++) {
      try {
        look();
        if (looks % TELL_EVERY_LOOKS == 0) {
          tell.run();
        }
      } catch (JournalException e) {
        LOG.debugf("no sign of life: %s", e.getMessage());
      }
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() {
    long now = System.nanoTime();
    Replicas.View before = view;
    Replicas.View seen = replicas.look(alive);
    if (before == null || before.live() != seen.live()) {
      liveSinceNanos = now;
    }
    for (String account : accounts) {
      Replicas.Leading leading = seen.accounts().get(account);
      if (leading != null && leading.held()) {
        freeSince.remove(account);
        servedAt.put(account, now);
      } else {
        freeSince.putIfAbsent(account, now);
      }
    }
    view = seen;
    lookedNanos = now;
    looked.countDown();
    spread(seen.live(), now);
  }

  private void spread(int live, long now) {
    if (handingOver != null) {
      if (now - handingOverSince > HAND_OVER_WITHIN.toNanos()) {
        handingOver = null;
      }
    } else if (now - liveSinceNanos > SETTLED_AFTER.toNanos()) {
      FairShare.surplus(
              new TreeSet<>(led),
              FairShare.of(accounts.size(), live),
              account -> within(handedOverAt.get(account), HAND_OVER_AGAIN, now))
          .ifPresent(
              account -> {
                LOG.infof(
                    "account %s: handed over, %d processes share the accounts", account, live);
                handingOverSince = now;
                handingOver = account;
              });
    }
  }

  private static boolean within(@Nullable Long since, Duration time, long now) {
    return since != null && now - since < time.toNanos();
  }

  /** Waits until the other processes are known, but not for long: nobody takes a lease before. */
  void awaitFirstLook(Duration atMost) throws InterruptedException {
    boolean known = looked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    LOG.debugf("the other processes are known: %s", known);
  }

  /** Takes a lease by {@code attempt}, if this process may have one more account. */
  synchronized Optional<Lease> takeIfOurs(String account, Supplier<Optional<Lease>> attempt) {
    Replicas.View seen = view;
    long now = System.nanoTime();
    Long since = freeSince.get(account);
    boolean freeForLong = since != null && now - since >= FREE_FOR_LONG.toNanos();
    if (seen == null
        || !FairShare.takes(led.size(), FairShare.of(accounts.size(), seen.live()), freeForLong)) {
      return Optional.empty();
    }
    Optional<Lease> lease = attempt.get();
    lease.ifPresent(taken -> led.add(account));
    return lease;
  }

  /** Whether the account shall be handed over to another process, at a good moment. */
  boolean handsOver(String account) {
    return account.equals(handingOver);
  }

  /** The account is not led here any more. */
  void leftOff(String account) {
    led.remove(account);
    freeSince.put(account, System.nanoTime());
    if (account.equals(handingOver)) {
      handedOverAt.put(account, System.nanoTime());
      handingOver = null;
    }
  }

  /** Who leads an account, or led it last, as far as is known. */
  Optional<Replicas.Leading> leading(String account) {
    Replicas.View seen = view;
    return seen == null ? Optional.empty() : Optional.ofNullable(seen.accounts().get(account));
  }

  /** False when the database has not been heard of for a while. */
  boolean isInTouch() {
    return view != null && within(lookedNanos, VIEW_LASTS, System.nanoTime());
  }

  /** Whether somebody leads the account, or did moments ago: a takeover is no outage. */
  boolean isServed(String account) {
    return within(servedAt.get(account), TAKEOVER, System.nanoTime());
  }
}
