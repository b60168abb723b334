package dev.signaltoorder.report;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times of the report: RFC 3339, UTC, microseconds. */
final class ReportTimes {
  static final String ALLOWED =
      "an RFC 3339 time such as 2026-11-22T10:15:30Z, at most microseconds";

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?([Zz]|[+-]\\d\\d:\\d\\d)");

  /** What a date-time field of an HTML form sends. */
  private static final Pattern WITHOUT_ZONE =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)(:\\d\\d(?:\\.\\d{1,6})?)?");

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final DateTimeFormatter SORTABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ReportTimes() {}

  /** Empty when it is no RFC 3339 time, or finer than a microsecond. */
  static Optional<Instant> parse(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return isStorable(time) ? Optional.of(time) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The same time with its zone said, if it is a form's time without one; forms mean UTC. */
  static String sayingUtc(String text) {
    var matcher = WITHOUT_ZONE.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    String seconds = matcher.group(2);
    return matcher.group(1) + (seconds == null ? ":00" : seconds) + "Z";
  }

  /** Whether the database can hold it and RFC 3339 can write it. */
  static boolean isStorable(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  /** For a table: milliseconds, no zone; the page says that it is UTC. */
  static String brief(Instant time) {
    return MILLISECONDS.format(time);
  }

  /** For a story: microseconds, no zone. */
  static String exact(Instant time) {
    return MICROSECONDS.format(time);
  }

  /** RFC 3339 in UTC, always six decimals: such texts sort as their times do. */
  static String sortable(Instant time) {
    return SORTABLE.format(time);
  }
}
