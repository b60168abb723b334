package dev.signaltoorder.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.signaltoorder.crash.DatabaseGate.Commit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one connection asks of PostgreSQL, as far as it concerns the journal. */
final class Statements {
  private static final Pattern ACCOUNT = Pattern.compile("\\{\"account\":\"([a-z0-9-]+)\"");
  private static final Pattern KIND = Pattern.compile("\"kind\":\"([a-z-]+)\"");
  private static final Pattern DELIVERY = Pattern.compile("msg_[0-9a-f-]{36}");
  private static final Pattern INTENDED = Pattern.compile("\"clientOrderId\":\"([0-9a-f-]{36})\"");

  private final Map<String, String> prepared = new HashMap<>();
  private final Set<String> accounts = new TreeSet<>();
  private final Set<String> kinds = new TreeSet<>();
  private final Set<String> deliveries = new TreeSet<>();
  private final Set<String> intended = new TreeSet<>();

  /**
   * Reads one message of the program.
   *
   * @return what a COMMIT commits, if it is the COMMIT of a transaction that wrote to the journal;
   *     a signed checkpoint is a commit by itself
   */
  @Nullable Commit read(char type, byte[] body) {
    if (type != 'P' && type != 'B' && type != 'Q') {
      return null;
    }
    String text = new String(body, ISO_8859_1);
    List<String> parts = List.of(text.split("\0", 3));
    if (type == 'P') {
      prepared.put(parts.get(0), parts.get(1));
      return null;
    }
    String sql = type == 'Q' ? parts.get(0) : prepared.getOrDefault(parts.get(1), "");
    if (sql.startsWith("insert into journal")) {
      collect(ACCOUNT, 1, text, accounts);
      collect(KIND, 1, text, kinds);
      collect(INTENDED, 1, text, intended);
    } else if (sql.startsWith("insert into inbox")) {
      collect(DELIVERY, 0, text, deliveries);
    } else if (sql.startsWith("insert into checkpoint")) {
      return new Commit(Set.of(), Set.of("checkpoint"), Set.of(), Set.of());
    } else if (sql.equalsIgnoreCase("ROLLBACK")) {
      forget();
    }
    return sql.equalsIgnoreCase("COMMIT") ? committed() : null;
  }

  private static void collect(Pattern pattern, int group, String text, Set<String> into) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      into.add(matcher.group(group));
    }
  }

  private @Nullable Commit committed() {
    Commit commit =
        kinds.isEmpty()
            ? null
            : new Commit(
                Set.copyOf(accounts),
                Set.copyOf(kinds),
                Set.copyOf(deliveries),
                Set.copyOf(intended));
    forget();
    return commit;
  }

  private void forget() {
    accounts.clear();
    kinds.clear();
    deliveries.clear();
    intended.clear();
  }
}
