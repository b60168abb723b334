package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.ClosedOrdersPage;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two lists that are read to their end, or are said not to have been. */
class ListReadingTest {
  private static final Search ALL = new Search.All(Samples.NOW, 4);
  private static final Search ONE = new Search.One("an-id");

  private final Lists lists = new Lists();
  private @Nullable Findings found;

  /** Closed orders by number, newest first, three a page. */
  private static final class Lists implements ListReading.Lists {
    private final List<Integer> closed = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Runnable betweenPages = () -> {};
    private boolean counts = true;
    private boolean openFails;
    private int failsAtOffset = -1;

    @Override
    public void open(
        @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
      asked.add("open " + clientOrderId);
      done.accept(openFails ? failed() : new Answer.Success<>(call(), Map.of(), List.of()));
    }

    @Override
    public void closed(
        @Nullable String clientOrderId,
        @Nullable Instant since,
        int offset,
        Consumer<Answer<ClosedOrdersPage>> done) {
      asked.add("closed " + clientOrderId + " since " + since + " from " + offset);
      if (offset == failsAtOffset) {
        done.accept(failed());
        return;
      }
      Map<String, OrderInfo> page = new LinkedHashMap<>();
      closed.stream()
          .skip(offset)
          .limit(3)
          .forEach(n -> page.put("O" + n, Samples.info("O" + n, "c" + n, "closed", "0", "1")));
      ClosedOrdersPage answer = new ClosedOrdersPage(page, counts ? closed.size() : null);
      betweenPages.run();
      done.accept(new Answer.Success<>(call(), answer, List.of()));
    }

    private static <T> Answer<T> failed() {
      return new Answer.Failure<>(call(), "EService:Busy", true);
    }

    private static dev.signaltoorder.kraken.CallRecord call() {
      return Samples.call(
          UUID.randomUUID(), "ClosedOrders", Samples.NOW, Samples.reply("{\"error\":[]}"));
    }
  }

  @Test
  void oneOrderTakesTwoCalls() {
    lists.closed.addAll(List.of(1));

    read(ONE);

    assertThat(lists.asked).containsExactly("open an-id", "closed an-id since null from 0");
    assertThat(found().complete()).isTrue();
  }

  @Test
  void allAreReadPageByPage() {
    lists.closed.addAll(List.of(7, 6, 5, 4, 3, 2, 1));

    read(ALL);

    assertThat(txids()).containsExactly("O7", "O6", "O5", "O4", "O3", "O2", "O1");
    assertThat(lists.asked).hasSize(4);
    assertThat(found().complete()).isTrue();
  }

  @Test
  void nothingIsPassedOverWhenOrdersCloseMeanwhile() {
    lists.closed.addAll(List.of(6, 5, 4, 3, 2, 1));
    int[] next = {7};
    lists.betweenPages =
        () -> {
          if (next[0] < 9) {
            lists.closed.addFirst(next[0]++);
          }
        };

    read(ALL);

    assertThat(txids()).contains("O6", "O5", "O4", "O3", "O2", "O1");
    assertThat(found().complete()).isTrue();
  }

  @Test
  void morePagesThanAreWorthItAreNotRead() {
    lists.counts = false;
    for (int i = 20; i > 0; i--) {
      lists.closed.add(i);
    }

    read(ALL);

    assertThat(found().closed()).hasSize(4);
    assertThat(found().answered()).isTrue();
    assertThat(found().complete()).isFalse();
  }

  @Test
  void aCountThatIsTooHighIsSeenOnTheFirstPage() {
    for (int i = 13; i > 0; i--) {
      lists.closed.add(i);
    }

    read(ALL);

    assertThat(found().closed()).hasSize(1);
    assertThat(found().complete()).isFalse();
    read(new Search.All(Samples.NOW, 5));
    assertThat(found().closed()).hasSize(5);
    assertThat(found().complete()).isTrue();
  }

  @Test
  void theMoreOrdersAreInDoubtTheMorePagesAreWorthReading() {
    assertThat(pagesFor(1)).isEqualTo(4);
    assertThat(pagesFor(3)).isEqualTo(6);
    assertThat(pagesFor(7)).isEqualTo(12);
  }

  private static int pagesFor(int orders) {
    Order order =
        new Order(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Samples.intent(
                UUID.randomUUID(),
                Samples.plan(dev.signaltoorder.risk.Side.BUY, "0.001", "50000"),
                Samples.NOW),
            new OrderState.Intended());
    return ((Search.All) Search.coveringAll(java.util.Collections.nCopies(orders, order)))
        .mostPages();
  }

  @Test
  void withoutACountOnlyAnEmptyPageIsTheEnd() {
    lists.counts = false;
    lists.closed.addAll(List.of(2, 1));

    read(ALL);

    assertThat(lists.asked.getLast()).endsWith("from 2");
    assertThat(found().complete()).isTrue();
  }

  @Test
  void aCountThatIsNeverReachedIsNoEnd() {
    ListReading.read(
        new ListReading.Lists() {
          @Override
          public void open(
              @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
            lists.open(clientOrderId, done);
          }

          @Override
          public void closed(
              @Nullable String clientOrderId,
              @Nullable Instant since,
              int offset,
              Consumer<Answer<ClosedOrdersPage>> done) {
            done.accept(
                new Answer.Success<>(Lists.call(), new ClosedOrdersPage(Map.of(), 5), List.of()));
          }
        },
        ALL,
        findings -> found = findings);

    assertThat(found().closed()).hasSize(1);
    assertThat(found().complete()).isFalse();
  }

  @Test
  void closedOrdersAreNotAskedForWhenOpenOnesAreNotTold() {
    lists.openFails = true;

    read(ALL);

    assertThat(lists.asked).hasSize(1);
    assertThat(found().answered()).isFalse();
  }

  @Test
  void aPageThatFailsEndsTheReading() {
    lists.closed.addAll(List.of(6, 5, 4, 3, 2, 1));
    lists.failsAtOffset = 3;

    read(ALL);

    assertThat(found().closed()).hasSize(2);
    assertThat(found().answered()).isFalse();
    assertThat(found().complete()).isFalse();
  }

  private void read(Search search) {
    ListReading.read(lists, search, findings -> found = findings);
  }

  private Findings found() {
    return Objects.requireNonNull(found);
  }

  private List<String> txids() {
    List<String> txids = new ArrayList<>();
    for (Answer<Map<String, OrderInfo>> page : found().closed()) {
      if (page instanceof Answer.Success<Map<String, OrderInfo>> success) {
        success.value().keySet().stream().filter(t -> !txids.contains(t)).forEach(txids::add);
      }
    }
    return txids;
  }
}
