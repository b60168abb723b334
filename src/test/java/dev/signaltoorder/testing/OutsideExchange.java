package dev.signaltoorder.testing;

import dev.signaltoorder.paper.KeyPermission;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.paper.PaperSettings;
import dev.signaltoorder.paper.SimulatedExchange;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kraken outside the service, as live and validate mode meet one: reached by its address, with
 * keys in files. Account "real" has a key that may trade; account "leaky" one that may also
 * withdraw.
 */
public final class OutsideExchange implements QuarkusTestResourceLifecycleManager {
  /** As Kraken names them, among the arguments. */
  private static final Pattern ASSET = Pattern.compile("[A-Z]+");

  /** Price and volume of a level, as Depth shows them. */
  private static final Pattern LEVEL = Pattern.compile("\\[\"[0-9.]+\",\"[0-9.]+\"");

  private static @Nullable PaperExchangeServer running;
  private static URI address = URI.create("");
  private static @Nullable KeyWitness watching;
  private static List<String> served = List.of();

  private final Vertx vertx = Vertx.vertx();
  private @Nullable PaperExchangeServer server;
  private @Nullable KeyWitness witness;
  private boolean websockets;
  private boolean witnessed;
  private List<String> accounts = List.of();
  private Map<String, BigDecimal> balances = PaperSettings.DEFAULT_BALANCES;

  /** The independent witness. */
  public static SimulatedExchange exchange() {
    return server().exchange();
  }

  /** Who sees with which key the service calls, where that was asked for. */
  public static KeyWitness witness() {
    return Objects.requireNonNull(watching, "nobody looks at the keys");
  }

  /** The best prices of the pairs that the tests move, with their volumes. */
  static List<String> shown() {
    Person anybody = Person.anonymous(address);
    return Stream.of("XBTUSD", "ETHUSD")
        .map(pair -> anybody.get("/0/public/Depth?count=1&pair=" + pair).body())
        .flatMap(book -> LEVEL.matcher(book).results())
        .map(MatchResult::group)
        .toList();
  }

  /** The accounts that were asked for: the tests trade on them, without a word about arming. */
  static List<String> served() {
    return served;
  }

  static PaperExchangeServer server() {
    return Objects.requireNonNull(running, "no outside exchange runs");
  }

  /**
   * {@code websockets}: whether the service is told of them. {@code account}: the only accounts,
   * with commas between, in place of "real" and "leaky"; assets as {@code ZUSD}: what each has.
   * {@code witnessed}: whether a {@link KeyWitness} stands in front of it.
   */
  @Override
  public void init(Map<String, String> arguments) {
    websockets = Boolean.parseBoolean(arguments.get("websockets"));
    witnessed = Boolean.parseBoolean(arguments.get("witnessed"));
    if (arguments.containsKey("account")) {
      accounts = List.of(arguments.get("account").split(",", -1));
    }
    Map<String, BigDecimal> given = new LinkedHashMap<>();
    arguments.forEach(
        (name, value) -> {
          if (ASSET.matcher(name).matches()) {
            given.put(name, new BigDecimal(value));
          }
        });
    if (!given.isEmpty()) {
      balances = given;
    }
  }

  @Override
  public Map<String, String> start() {
    PaperExchangeServer starting =
        new PaperExchangeServer(
            PaperSettings.walk(7).withBalances(balances), Clock.systemUTC(), vertx);
    URI reached = starting.start();
    server = starting;
    running = starting;
    address = reached;
    served = accounts;
    exchange().setPrice("BTC/USD", RunningService.BID, RunningService.ASK);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "signal-to-order.kraken.rest-url", witnessed ? witnessed(reached) : reached.toString());
    if (websockets) {
      String socket = reached.toString().replaceFirst("^http", "ws");
      settings.put("signal-to-order.kraken.ws-url", socket + "/v2");
      settings.put("signal-to-order.kraken.ws-auth-url", socket + "/auth/v2");
    }
    try {
      for (String account : accounts) {
        keys(settings, account, starting.createAccount(account));
      }
      if (!accounts.isEmpty()) {
        return settings;
      }
      PaperAccount leaky = starting.createKey("leaky", EnumSet.allOf(KeyPermission.class));
      account(settings, "real", starting.createAccount("real"));
      account(settings, "leaky", leaky);
      if (websockets) {
        Set<KeyPermission> deaf = EnumSet.copyOf(KeyPermission.trading());
        deaf.remove(KeyPermission.CREATE_WS_TOKEN);
        account(settings, "deaf", starting.createKey("deaf", deaf));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The sources of the other tests trade on "real"; one has the account with the bad key.
    for (String source : ServiceResource.sources()) {
      settings.put("signal-to-order.sources." + source + ".account", "real");
    }
    settings.put("signal-to-order.sources." + ServiceResource.FLAT + ".account", "leaky");
    return settings;
  }

  private String witnessed(URI exchange) {
    KeyWitness standing = new KeyWitness(exchange);
    witness = standing;
    watching = standing;
    return standing.address().toString();
  }

  private static void account(Map<String, String> settings, String name, PaperAccount account)
      throws IOException {
    keys(settings, name, account);
    // The most calls: on a slow machine a leader is replaced now and then, which reads everything
    // anew.
    settings.put("signal-to-order.accounts." + name + ".tier", "pro");
  }

  private static void keys(Map<String, String> settings, String name, PaperAccount account)
      throws IOException {
    String prefix = "signal-to-order.accounts." + name + ".";
    settings.put(prefix + "trade-key-file", file(account.apiKey()));
    settings.put(prefix + "trade-secret-file", file(account.apiSecret()));
  }

  private static String file(String content) throws IOException {
    Path file = Files.createTempFile("outside-exchange", "");
    file.toFile().deleteOnExit();
    return Files.writeString(file, content).toString();
  }

  @Override
  public void stop() {
    running = null;
    served = List.of();
    watching = null;
    if (witness != null) {
      witness.close();
    }
    if (server != null) {
      server.stop();
    }
    var unused = vertx.close();
  }
}
