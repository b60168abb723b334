package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one connection knows of one pair. The book counts only from a snapshot that was asked for,
 * and only as long as every checksum since is right; the first wrong one throws it away.
 */
final class PairFeed {

  private final int depth;
  private FeedInstrument instrument;
  private @Nullable Book book;
  private @Nullable Ticker ticker;
  private boolean awaited = true;
  private long awaitedSince;
  private long gaps;

  /**
   * A verified book.
   *
   * @param at null if its message was not dated: then it may be a repeated old one, and is not
   *     handed out
   */
  private record Book(WsBook levels, long checksum, @Nullable Instant at) {}

  /** The latest ticker message of the pair. */
  private record Ticker(
      BigDecimal bid,
      BigDecimal ask,
      BigDecimal last,
      BigDecimal volume,
      BigDecimal vwap,
      Instant at,
      byte[] raw) {}

  PairFeed(FeedInstrument instrument, int depth, long gaps, long nanos) {
    this.instrument = instrument;
    this.depth = depth;
    this.gaps = gaps;
    this.awaitedSince = nanos;
  }

  long gaps() {
    return gaps;
  }

  boolean isGood() {
    return book != null && book.at() != null && ticker != null;
  }

  /** Since when book or ticker has been waited for; null while both are there. */
  @Nullable Long incompleteSince() {
    return awaited || ticker == null ? (Long) awaitedSince : null;
  }

  /** Forgets the book: a snapshot must come. {@code now}: the instrument as it is by now. */
  void lose(FeedInstrument now, long nanos) {
    instrument = now;
    book = null;
    awaited = true;
    awaitedSince = nanos;
    gaps++;
  }

  /**
   * A book message of this pair. False when the picture is lost: the checksum is wrong, the message
   * cannot be read, or a snapshot comes that nobody asked for.
   */
  boolean book(JsonNode data, boolean snapshot, FeedTime now) {
    try {
      if (snapshot != awaited) {
        // An update while a snapshot is awaited is of the time before it: of no use, and no harm.
        return !snapshot;
      }
      Book before = book;
      WsBook levels = snapshot || before == null ? new WsBook(depth, instrument) : before.levels();
      book = null;
      levels.apply(data);
      long checksum = Fields.of(data, "the book").decimal("checksum").longValueExact();
      if (levels.checksum() != checksum || !levels.isSound()) {
        return false;
      }
      book = new Book(levels, checksum, WsMessages.asOf(data, now));
      awaited = false;
      return true;
    } catch (UnreadableAnswerException | ArithmeticException e) {
      return false;
    }
  }

  /** A ticker message of this pair, whose whole text is {@code raw}; false if it cannot be read. */
  boolean ticker(JsonNode data, byte[] raw, FeedTime now) {
    try {
      Fields fields = Fields.of(data, "the ticker");
      Instant at = WsMessages.asOf(data, now);
      ticker =
          new Ticker(
              fields.notNegative("bid"),
              fields.notNegative("ask"),
              fields.notNegative("last"),
              fields.notNegative("volume"),
              fields.notNegative("vwap"),
              at == null ? now.at() : at,
              raw);
      return true;
    } catch (UnreadableAnswerException e) {
      ticker = null;
      return false;
    }
  }

  /** Empty unless book and ticker are there. */
  Optional<FeedQuote> quote(String path, Supplier<UUID> ids) {
    Book current = book;
    Instant bookAt = current == null ? null : current.at();
    Ticker beside = ticker;
    if (current == null || bookAt == null || beside == null) {
      return Optional.empty();
    }
    List<FeedLevel> bids = current.levels().bids();
    List<FeedLevel> asks = current.levels().asks();
    boolean agrees =
        bids.getFirst().price().compareTo(beside.bid()) == 0
            && asks.getFirst().price().compareTo(beside.ask()) == 0;
    CallRecord tickerMessage =
        record(ids.get(), path + "/ticker", "event_trigger=bbo", beside.at(), beside.raw());
    CallRecord bookAsAssembled =
        record(
            ids.get(),
            path + "/book",
            "depth=" + depth + "&assembled=true",
            bookAt,
            assembled(bids, asks, current.checksum(), bookAt));
    return Optional.of(
        new FeedQuote(
            instrument.symbol(),
            gaps,
            bids,
            asks,
            beside.last(),
            beside.volume(),
            beside.vwap(),
            bookAt,
            beside.at(),
            agrees,
            List.of(tickerMessage, bookAsAssembled)));
  }

  private CallRecord record(UUID id, String endpoint, String more, Instant at, byte[] body) {
    return new CallRecord(
        id,
        endpoint,
        "symbol=" + instrument.symbol() + "&" + more,
        null,
        null,
        at,
        at,
        "websocket",
        // What the handshake was answered with: there is no other status on a websocket.
        new CallOutcome.Reply(101, body, true));
  }

  /**
   * The book is the sum of very many messages; what is kept is the book itself with Kraken's
   * checksum over it, which anybody can compute again.
   */
  private byte[] assembled(List<FeedLevel> bids, List<FeedLevel> asks, long checksum, Instant at) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("symbol", instrument.symbol()).put("checksum", checksum).put("at", at.toString());
    levels(whole.putArray("bids"), bids);
    levels(whole.putArray("asks"), asks);
    return KrakenJson.write(whole);
  }

  private static void levels(ArrayNode rows, List<FeedLevel> levels) {
    for (FeedLevel level : levels) {
      rows.addArray().add(level.price().toPlainString()).add(level.volume().toPlainString());
    }
  }
}
