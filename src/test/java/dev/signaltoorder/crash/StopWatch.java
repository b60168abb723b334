package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.StopCover.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at the stops in the exchange's book whenever it is asked to. Thread-safe. */
final class StopWatch {
  private final Supplier<List<BookOrder>> book;
  private final Function<String, Optional<Owner>> journal;
  private final Map<String, Owner> owners = new ConcurrentHashMap<>();

  /**
   * @param journal whose an order is; empty while the database does not answer
   */
  StopWatch(Supplier<List<BookOrder>> book, Function<String, Optional<Owner>> journal) {
    this.book = book;
    this.journal = journal;
  }

  /** What is wrong at this moment; nothing is said while an order's owner cannot be known. */
  List<String> problems() {
    List<BookOrder> now = book.get();
    for (BookOrder order : now) {
      if (!owners.containsKey(order.clientOrderId())) {
        Optional<Owner> owner = journal.apply(order.clientOrderId());
        if (owner.isEmpty()) {
          return List.of();
        }
        owners.put(order.clientOrderId(), owner.get());
      }
    }
    return StopCover.problems(now, owners::get);
  }
}
