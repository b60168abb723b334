package dev.signaltoorder.outbound;

import io.quarkus.mailer.reactive.ReactiveMailer;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Everything that goes out to others. It reads committed facts and nothing else, on threads of its
 * own: no order and no answer ever waits for a receiver. Thread-safe.
 */
public final class Outbound implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Outbound.class);
  private static final URI TELEGRAM = URI.create("https://api.telegram.org");

  private final Cursors cursors;
  private final CommittedFacts facts;
  private final HttpSending http = new HttpSending();
  private final List<OutletWork> works = new ArrayList<>();
  private final Map<String, SecretFile> secrets = new LinkedHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * For a configuration that was found good; starts nothing.
   *
   * @param contradictions accounts whose record is contradicted, and how
   */
  public Outbound(
      OutboundConfig config,
      DataSource dataSource,
      UUID process,
      Supplier<ReactiveMailer> mailer,
      Supplier<Map<String, String>> contradictions,
      Clock clock) {
    this.cursors = new Cursors(dataSource, process);
    this.facts = new CommittedFacts(dataSource);
    for (OutboundSettings.Described each : OutboundSettings.read(config).outlets()) {
      boolean people = each.name().startsWith("notifications.");
      Outlet outlet =
          new Outlet(
              each.name(),
              each.type(),
              people ? new NoticeTranslator() : new FeedTranslator(each.fields()),
              each.events(),
              sending(each, mailer, clock),
              people ? Pauses.NOTIFICATION : Pauses.FEED,
              people);
      if (each.secret() != null) {
        secrets.put(each.name(), each.secret());
      }
      works.add(new OutletWork(outlet, cursors, facts, contradictions, clock));
    }
  }

  private Sending sending(
      OutboundSettings.Described each, Supplier<ReactiveMailer> mailer, Clock clock) {
    SecretFile secret = each.secret();
    URI url = each.url();
    if (each.type().equals("email")) {
      return new MailSending(mailer.get(), each.recipient(), HttpSending.WHOLE);
    }
    if (secret == null) {
      throw new IllegalStateException("the configuration was not checked");
    }
    return switch (each.type()) {
      case "slack" -> new SlackSending(http, secret);
      case "telegram" -> new TelegramSending(http, TELEGRAM, secret, each.recipient());
      default -> {
        if (url == null) {
          throw new IllegalStateException("the configuration was not checked");
        }
        yield new SignedSending(http, url, secret, clock);
      }
    };
  }

  /** Looks whether there is something to tell; returns at once. To be called every second or so. */
  public void tick() {
    if (threads.isShutdown()) {
      // The clock may strike once more while the service stops: what is not told now is told by
      // whoever comes next.
      return;
    }
    for (OutletWork work : works) {
      String name = work.outlet().name();
      if (busy.add(name)) {
        threads.execute(
            () -> {
              try {
                work.pass();
                failing.remove(name);
              } catch (SQLException | RuntimeException e) {
                if (failing.add(name)) {
                  LOG.warnf("%s waits: %s", name, e.getMessage());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                busy.remove(name);
              }
            });
      }
    }
  }

  /** The receivers that are configured. */
  public List<String> outlets() {
    return works.stream().map(work -> work.outlet().name()).toList();
  }

  /**
   * A fingerprint of each receiver's secrets as they are used now, by the receiver's name; 12
   * hexadecimal digits. One whose file cannot be read now is left out. Reads the files.
   */
  public Map<String, String> secretFingerprints() {
    Map<String, String> found = new TreeMap<>();
    secrets.forEach(
        (name, file) -> {
          try {
            found.put(name, file.fingerprint());
          } catch (Sending.NotTakenException e) {
            LOG.debugf("%s: %s", name, e.getMessage());
          }
        });
    return found;
  }

  /** How far every receiver has got. */
  public List<OutletStatus> status() throws SQLException {
    Map<String, String> types =
        works.stream()
            .collect(Collectors.toMap(work -> work.outlet().name(), work -> work.outlet().type()));
    return cursors.status().stream()
        .map(
            status ->
                new OutletStatus(
                    status.outlet(),
                    types.getOrDefault(status.outlet(), status.type()),
                    status.account(),
                    status.nextFact(),
                    status.behind(),
                    status.waitingSince(),
                    status.delivered(),
                    status.failures(),
                    status.failingSince(),
                    status.nextTryAt(),
                    status.lastError(),
                    status.lastDeliveredAt()))
        .toList();
  }

  /**
   * Tells a receiver again from a fact on, or skips to one.
   *
   * @param next number of the first fact to tell
   * @return false when there is no such receiver, account or fact
   */
  public boolean replay(String outlet, String account, long next) throws SQLException {
    return cursors.move(outlet, account, next);
  }

  /** What a stream of the feed shows of an account from a fact on, at most 500 facts' worth. */
  public FeedPage page(String account, long from, Set<String> types) throws SQLException {
    FeedTranslator translator = new FeedTranslator(Set.of());
    List<OutboundEvent> events = new ArrayList<>();
    long next = from;
    for (CommittedFact fact : facts.from(account, from, translator.kinds(), 500)) {
      next = fact.seq() + 1;
      translator.of(fact).stream()
          .filter(event -> types.isEmpty() || types.contains(event.type()))
          .forEach(events::add);
    }
    return new FeedPage(events, next);
  }

  /** How many facts an account has; empty when there is no such account. */
  public OptionalLong size(String account) throws SQLException {
    return facts.size(account);
  }

  /** The types of the feed's events. */
  public static Set<String> feedTypes() {
    return new FeedTranslator(Set.of()).types();
  }

  /**
   * Part of the feed.
   *
   * @param next number of the first fact that was not looked at
   */
  public record FeedPage(List<OutboundEvent> events, long next) {}

  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
  }
}
