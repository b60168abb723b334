package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.ClosedOrdersPage;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the open orders, then the closed ones page by page. In this order, because an order moves
 * only from the first list to the second. The pages run from new to old: an order that closes
 * meanwhile pushes others to a later page, so it may be read twice, and none is passed over.
 */
final class ListReading {
  /** The two lists of an account. Neither method blocks. */
  interface Lists {
    void open(@Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done);

    /**
     * One page.
     *
     * @param since only later ones, null for no bound
     * @param offset how many of the newest to leave out
     */
    void closed(
        @Nullable String clientOrderId,
        @Nullable Instant since,
        int offset,
        Consumer<Answer<ClosedOrdersPage>> done);
  }

  private final Lists lists;
  private final @Nullable String clientOrderId;
  private final @Nullable Instant since;
  private final int mostPages;
  private final Consumer<Findings> done;
  private final List<Answer<Map<String, OrderInfo>>> pages = new ArrayList<>();

  private ListReading(Lists lists, Search search, Consumer<Findings> done) {
    this.lists = lists;
    this.done = done;
    this.clientOrderId = search instanceof Search.One one ? one.clientOrderId() : null;
    this.since = search instanceof Search.All all ? all.since() : null;
    this.mostPages = search instanceof Search.All all ? all.mostPages() : 1;
  }

  /** Answers once; an answer that is not clean ends the reading. */
  static void read(Lists lists, Search search, Consumer<Findings> done) {
    ListReading reading = new ListReading(lists, search, done);
    lists.open(reading.clientOrderId, reading::opened);
  }

  // Closed ones also when an open one was found: there must not be a second order.
  private void opened(Answer<Map<String, OrderInfo>> open) {
    if (open instanceof Answer.Failure<?>) {
      done.accept(new Findings(open, List.of(), false));
    } else {
      next(open, 0);
    }
  }

  private void next(Answer<Map<String, OrderInfo>> open, int offset) {
    lists.closed(clientOrderId, since, offset, page -> closed(open, offset, page));
  }

  private void closed(
      Answer<Map<String, OrderInfo>> open, int offset, Answer<ClosedOrdersPage> answer) {
    switch (answer) {
      case Answer.Failure<ClosedOrdersPage> failure -> {
        pages.add(new Answer.Failure<>(failure.call(), failure.error(), failure.fromKraken()));
        done.accept(new Findings(open, pages, false));
      }
      case Answer.Success<ClosedOrdersPage> success -> {
        ClosedOrdersPage page = success.value();
        pages.add(new Answer.Success<>(success.call(), page.orders(), success.warnings()));
        int read = offset + page.orders().size();
        boolean complete = isComplete(page, read);
        boolean goesOn = clientOrderId == null && !page.orders().isEmpty();
        if (complete || !goesOn || !isWorthReading(page, read)) {
          done.accept(new Findings(open, pages, complete));
        } else {
          next(open, read);
        }
      }
    }
  }

  /** With Kraken's count the end is in sight, or not, from the first page on. */
  private boolean isWorthReading(ClosedOrdersPage page, int read) {
    int left = mostPages - pages.size();
    Integer count = page.count();
    return left > 0 && (count == null || count - read <= (long) left * page.orders().size());
  }

  /** Without Kraken's count of all that match, only a page without any is the end. */
  private boolean isComplete(ClosedOrdersPage page, int read) {
    Integer count = page.count();
    if (count != null) {
      return read >= count;
    }
    return clientOrderId != null || page.orders().isEmpty();
  }
}
