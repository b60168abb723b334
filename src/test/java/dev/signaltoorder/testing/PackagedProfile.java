package dev.signaltoorder.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another profile is for the packaged program, native or not: the exchange cannot be looked
 * into from a test unless it is outside, so the service trades there in live mode, on the same
 * accounts with the same balances, and is reached over TLS, where it has that, at a known port.
 */
public class PackagedProfile implements QuarkusTestProfile {
  private static final Pattern TIER = Pattern.compile("signal-to-order\\.accounts\\.(.+)\\.tier");
  private static final String BALANCE = "signal-to-order.paper.balances.";
  private static final String SECURE_PORT = "quarkus.http.test-ssl-port";

  /** Paper mode's account where a profile names none. */
  private static final String PAPER = "paper";

  private final QuarkusTestProfile inProcess;
  private final boolean websockets;

  /** {@link RoomyProfile} for the packaged program. */
  public PackagedProfile() {
    this(new RoomyProfile());
  }

  /** Another one; without websockets. */
  protected PackagedProfile(QuarkusTestProfile inProcess) {
    this(inProcess, false);
  }

  private PackagedProfile(QuarkusTestProfile inProcess, boolean websockets) {
    this.inProcess = inProcess;
    this.websockets = websockets;
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(inProcess.getConfigOverrides());
    settings.put("signal-to-order.mode", "live");
    if (settings.containsKey(SECURE_PORT)) {
      settings.put("quarkus.http.ssl-port", Integer.toString(ServiceProfile.SECURE_PORT));
    }
    return settings;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    Map<String, String> settings = inProcess.getConfigOverrides();
    Map<String, String> outside = new HashMap<>();
    outside.put("account", String.join(",", accounts(settings)));
    outside.put("websockets", Boolean.toString(websockets));
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(BALANCE)) {
            outside.put(name.substring(BALANCE.length()), value);
          }
        });
    List<TestResourceEntry> resources = new ArrayList<>(inProcess.testResources());
    resources.add(new TestResourceEntry(OutsideExchange.class, outside));
    return resources;
  }

  private static SortedSet<String> accounts(Map<String, String> settings) {
    SortedSet<String> accounts = new TreeSet<>();
    for (String name : settings.keySet()) {
      Matcher tier = TIER.matcher(name);
      if (tier.matches()) {
        accounts.add(tier.group(1));
      }
    }
    if (accounts.isEmpty()) {
      accounts.add(PAPER);
    }
    return accounts;
  }

  /** {@link ServiceProfile}. */
  public static class Service extends PackagedProfile {
    public Service() {
      super(new ServiceProfile());
    }
  }

  /** {@link SignInProfile}. */
  public static class SignIn extends PackagedProfile {
    public SignIn() {
      super(new SignInProfile());
    }
  }

  /** {@link ConductProfile}. */
  public static class Conduct extends PackagedProfile {
    public Conduct() {
      super(new ConductProfile());
    }
  }

  /** {@link ConditionsProfile}. */
  public static class Conditions extends PackagedProfile {
    public Conditions() {
      super(new ConditionsProfile());
    }
  }

  /** {@link ConfirmProfile}. */
  public static class Confirm extends PackagedProfile {
    public Confirm() {
      super(new ConfirmProfile());
    }
  }

  /** {@link MovingStopsProfile}. */
  public static class MovingStops extends PackagedProfile {
    public MovingStops() {
      super(new MovingStopsProfile());
    }
  }

  /** {@link ProProfile}. */
  public static class Pro extends PackagedProfile {
    public Pro() {
      super(new ProProfile());
    }
  }

  /** {@link TwoAccountsProfile}. */
  public static class TwoAccounts extends PackagedProfile {
    public TwoAccounts() {
      super(new TwoAccountsProfile());
    }
  }

  /** {@link WebsocketProfile}. */
  public static class Websocket extends PackagedProfile {
    public Websocket() {
      super(new WebsocketProfile(), true);
    }
  }
}
