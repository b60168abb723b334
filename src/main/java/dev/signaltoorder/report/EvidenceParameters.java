package dev.signaltoorder.report;

import dev.signaltoorder.journal.ExportRange;
import dev.signaltoorder.journal.StoredCheckpoint;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of export, checkpoints and proofs, and finds all their problems. */
final class EvidenceParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern CURSOR = Pattern.compile("(\\S+) (\\S+) ([0-9]{1,18})");

  private final MultivaluedMap<String, String> given;
  private final List<String> problems = new ArrayList<>();

  EvidenceParameters(MultivaluedMap<String, String> given, List<String> names) {
    this.given = given;
    for (String name : new TreeSet<>(given.keySet())) {
      if (!names.contains(name)) {
        problems.add(
            ReportParameters.shortened(name)
                + ": unknown parameter; allowed: "
                + String.join(", ", names));
      }
    }
  }

  /**
   * Ends the reading.
   *
   * @throws ReportQueryException naming each wrong parameter
   */
  void done() {
    if (!problems.isEmpty()) {
      throw new ReportQueryException(problems);
    }
  }

  ExportRange range() {
    Instant from = time("from");
    Instant to = time("to");
    if (from != null && to != null && from.isAfter(to)) {
      problems.add("from: is after to; allowed: a time not after to");
    }
    return new ExportRange(from, to, account());
  }

  @Nullable String account() {
    String value = one("account");
    if (value != null && !ACCOUNT.matcher(value).matches()) {
      problems.add("account: is no account's name; allowed: 1 to 32 of a-z, 0-9 and -");
      return null;
    }
    return value;
  }

  String requiredAccount() {
    String value = account();
    if (value == null && problems.isEmpty()) {
      problems.add("account: is missing; allowed: an account's name, or service");
    }
    return value == null ? "" : value;
  }

  /** A whole number, not negative; it must be there. */
  long number(String name) {
    String value = one(name);
    if (value == null || !NUMBER.matcher(value).matches()) {
      problems.add(name + ": missing or no number; allowed: a whole number, not negative");
      return 0;
    }
    return Long.parseLong(value);
  }

  int limit() {
    String value = one("limit");
    if (value == null) {
      return DEFAULT_LIMIT;
    }
    long limit = NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
    if (limit < 1 || limit > MOST) {
      problems.add("limit: out of range; allowed: a whole number from 1 to " + MOST);
      return DEFAULT_LIMIT;
    }
    return (int) limit;
  }

  void problem(String text) {
    problems.add(text);
  }

  /** Where a page of checkpoints ended; nothing that a client should read. */
  static String cursor(StoredCheckpoint last) {
    String text = last.recordedAt() + " " + last.account() + " " + last.size();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Nullable StoredCheckpoint cursor() {
    String value = one("cursor");
    if (value == null) {
      return null;
    }
    StoredCheckpoint place = decoded(value).orElse(null);
    if (place == null) {
      problems.add("cursor: not one of ours; allowed: the nextCursor of an earlier answer");
    }
    return place;
  }

  private static Optional<StoredCheckpoint> decoded(String value) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Matcher parts = CURSOR.matcher(text);
    return parts.matches() && ACCOUNT.matcher(parts.group(2)).matches()
        ? ReportTimes.parse(parts.group(1))
            .map(
                time ->
                    new StoredCheckpoint(
                        parts.group(2), Long.parseLong(parts.group(3)), "", "", time))
        : Optional.empty();
  }

  private @Nullable Instant time(String name) {
    String value = one(name);
    if (value == null) {
      return null;
    }
    Instant time = ReportTimes.parse(value).orElse(null);
    if (time == null) {
      problems.add(name + ": not a time; allowed: " + ReportTimes.ALLOWED);
    }
    return time;
  }

  private @Nullable String one(String name) {
    List<String> values = given.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      problems.add(name + ": given more than once; allowed: once");
      return null;
    }
    String value = values.getFirst();
    return value.isEmpty() ? null : value;
  }
}
