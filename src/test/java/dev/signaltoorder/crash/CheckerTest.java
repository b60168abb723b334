package dev.signaltoorder.crash;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker of the crash tests finds every way in which a history can break a promise. */
class CheckerTest {

  @Test
  void nothingIsWrongWithAnHonestHistory() {
    assertThat(problemsOf(History.honest())).isEmpty();
  }

  @Test
  void aStopThatFollowedThePriceIsWhereTheJournalSays() {
    History history = History.honest();
    history.moveStop("66321.6");
    history.changeBook(1, order -> History.resting(order, "0.0005", "66321.6"));

    assertThat(problemsOf(history)).isEmpty();
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        tampering("an order was sent twice", "2 times", h -> h.sent.put("order-1", 2)),
        tampering(
            "two orders of one signal",
            "a signal has two orders",
            h -> h.book.add(h.book.getFirst())),
        tampering(
            "an acknowledged delivery was lost",
            "stored is nothing",
            h -> h.inbox.removeIf(row -> row.deliveryId().equals("delivery-1"))),
        tampering(
            "an acknowledged delivery is stored under another id",
            "was answered",
            h -> h.told.put("delivery-1", List.of(new Evidence.Told(202, "signal-9")))),
        tampering(
            "a delivery was accepted twice",
            "accepted twice",
            h ->
                h.told.put(
                    "delivery-1",
                    List.of(
                        new Evidence.Told(202, "signal-1"), new Evidence.Told(202, "signal-1")))),
        tampering(
            "a stored delivery was accepted anew",
            "before its answer",
            h -> h.storedUnanswered.put("delivery-1", "signal-1")),
        tampering(
            "a sender was never answered",
            "never answered",
            h -> h.told.put("delivery-2", List.of())),
        tampering(
            "an order is older than its intent",
            "older than its intent",
            h -> h.changeBook(0, o -> History.openedAt(o, History.START))),
        tampering(
            "an order without an intent",
            "has no intent",
            h -> h.dropFacts(fact -> fact.kind().equals("order-intended"))),
        tampering(
            "a byte was sent for an order nobody intended",
            "nobody intended",
            h -> h.sent.put("order-9", 1)),
        tampering(
            "an order was sent whose commit nobody was told of",
            "never acknowledged to its sender",
            h -> h.neverSent.add("order-1")),
        tampering(
            "an order at another account",
            "another account",
            h -> h.changeBook(0, o -> History.account(o, "second"))),
        tampering("a signal has no end", "did not end", h -> h.outcome("signal-1", "UNKNOWN")),
        tampering(
            "an order has no end",
            "an order has no end",
            h -> h.dropFacts(fact -> fact.kind().equals("order-ended"))),
        tampering(
            "a signal was never decided",
            "never decided",
            h ->
                h.dropFacts(
                    fact ->
                        fact.kind().equals("signal-decided")
                            && fact.signalId().equals("signal-2"))),
        tampering(
            "a delivery never came into the journal",
            "never came into the journal",
            h ->
                h.dropFacts(
                    fact ->
                        fact.kind().equals("signal-received")
                            && fact.signalId().equals("signal-2"))),
        tampering(
            "a signal was decided twice",
            "two facts that it can have once",
            h -> h.repeatFact("signal-decided")),
        tampering("an order has two ends", "two ends", h -> h.repeatFact("order-ended")),
        tampering(
            "decision and intent in two transactions",
            "together with its approval",
            h -> h.changeFacts("order-intended", fact -> History.transaction(fact, "another"))),
        tampering(
            "an intent without an approval",
            "together with its approval",
            h -> h.changeFacts("signal-decided", fact -> History.approved(fact, "false"))),
        tampering(
            "a fact was changed",
            "the hash of its bytes",
            h -> h.changeFacts("order-ended", History::broken)),
        tampering("a fact is missing", "jumps", h -> h.facts.remove(2)),
        tampering("the lease says another length", "than its lease says", h -> h.leaseSaysMore()),
        tampering("an old leader wrote", "higher number", h -> h.repeatFact("loop-started")),
        tampering(
            "the account halted itself",
            "its own invariant",
            h -> h.changeFacts("loop-started", fact -> History.halted(fact, "invariant"))),
        tampering(
            "the service found an invariant violated",
            "itself says",
            h -> h.changeFacts("order-placed", fact -> History.kind(fact, "invariant-violated"))),
        tampering(
            "report and exchange differ in volume",
            "differ in numbers",
            h -> h.changeBook(0, o -> History.volume(o, "0.002"))),
        tampering(
            "the report says not placed, and the order is there",
            "report and exchange differ",
            h -> h.outcome("signal-1", "NOT_PLACED")),
        tampering(
            "the report says canceled, and the order was filled",
            "differ in numbers",
            h -> h.outcome("signal-1", "CANCELED")),
        tampering("the report lacks a signal", "the report has", h -> h.report.remove(1)),
        tampering("the report's totals are wrong", "totals", h -> h.totals.put("FILLED", 2)),
        tampering(
            "a position is wrong",
            "position of",
            h -> h.positions.put("strategy", java.math.BigDecimal.ONE)));
  }

  /** Of stops and take-profits. */
  static Stream<Arguments> tamperingsWithProtection() {
    return Stream.of(
        tampering(
            "more rests as a stop than is held",
            "which holds",
            h -> h.changeBook(1, o -> History.resting(o, "0.0006", "66000"))),
        tampering("a stop is doubled", "two stops rest", h -> h.anotherStop("0.0001")),
        tampering(
            "a stop at the exchange without an intent",
            "has no intent",
            h -> h.dropFacts(fact -> fact.orderId().equals("stop-1"))),
        tampering(
            "a stop is older than its intent",
            "older than its intent",
            h -> h.changeBook(1, o -> History.openedAt(o, History.START))),
        tampering("a stop was sent twice", "2 times", h -> h.sent.put("stop-1", 2)),
        tampering(
            "a signal's own order is a stop at the exchange",
            "another kind than its intent",
            h -> h.changeBook(0, o -> History.type(o, "stop-loss"))),
        tampering(
            "a stop is no stop at the exchange",
            "another kind than its intent",
            h -> h.changeBook(1, o -> History.type(o, "limit"))),
        tampering(
            "an order that protects buys",
            "protects buys",
            h -> h.changeBook(2, o -> History.side(o, true))),
        tampering(
            "an order bought that was to sell",
            "another side than its intent",
            h -> h.changeBook(0, o -> History.side(o, false))),
        tampering(
            "an order protects for an entry that is not there",
            "no sender asked to protect",
            h -> h.changeFacts("order-intended", fact -> History.entry(fact, "order-9"))),
        tampering(
            "a stop that no sender asked for",
            "without a stop-loss",
            h -> h.asks.put("delivery-1", new Evidence.Ask(null, true))),
        tampering(
            "a take-profit that no sender asked for",
            "no sender asked to protect",
            h -> h.asks.remove("delivery-1")),
        tampering(
            "a stop followed the price, and did not at the exchange",
            "and this rests",
            h -> h.moveStop("66321.6")),
        tampering(
            "a stop followed a price that never was",
            "where no price had been",
            h -> h.moveStop("66400")),
        tampering("a stop was moved down", "not below", h -> h.moveStop("65000")),
        tampering("protection ended too early", "protection ended while", History::endProtection),
        tampering(
            "a stop of a position that needs none", "that needs none", History::endProtection),
        tampering("a stop has vanished", "and this rests: []", h -> h.changeBook(1, History::over)),
        tampering(
            "a stop is too small",
            "and this rests",
            h -> h.changeBook(1, o -> History.resting(o, "0.0004", "66000"))),
        tampering(
            "a stop has another trigger",
            "and this rests",
            h -> h.changeBook(1, o -> History.resting(o, "0.0005", "65999.9"))),
        tampering(
            "a stop was never placed, as the journal says",
            "no stop of it rests",
            h ->
                h.dropFacts(
                    fact -> fact.kind().equals("order-placed") && fact.orderId().equals("stop-1"))),
        tampering(
            "a take-profit has no end",
            "no stop of it rests",
            h ->
                h.dropFacts(
                    fact ->
                        fact.kind().equals("order-ended") && fact.orderId().equals("target-1"))),
        tampering(
            "a take-profit has ended and is open",
            "and is open",
            h ->
                h.changeBook(
                    2,
                    o ->
                        History.rest(
                            o, new Evidence.Rest("limit", true, java.math.BigDecimal.ONE, null)))),
        tampering(
            "a take-profit that sold is not at the exchange",
            "differ about an order that protects",
            h -> h.book.remove(2)),
        tampering(
            "a take-profit sold another volume than the journal says",
            "what a protecting order sold differs",
            h -> h.changeBook(2, o -> History.volume(o, "0.0004"))),
        tampering(
            "the journal counts another position than the exchange's fills",
            "the journal counts",
            h -> h.changeBook(1, o -> History.volume(o, "0.0001"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"tamperings", "tamperingsWithProtection"})
  void findsATamperedHistory(String what, String finding, Consumer<History> tampering) {
    History history = History.honest();

    tampering.accept(history);

    assertThat(problemsOf(history)).as(what).anyMatch(problem -> problem.contains(finding));
  }

  /** The look at the book at every call, by the same rule. */
  @Test
  void theWatchSeesAStopThatIsTooLargeButAccusesNobodyItDoesNotKnow() {
    History history = History.honest();
    history.changeBook(1, order -> History.resting(order, "0.0006", "66000"));
    Map<String, String> roles = Map.of("order-1", "", "stop-1", "STOP", "target-1", "TAKE_PROFIT");

    assertThat(watching(history, roles).problems())
        .singleElement(as(STRING))
        .contains("which holds 0.0005");
    assertThat(watching(history, Map.of("stop-1", "STOP")).problems()).isEmpty();
    assertThat(watching(History.honest(), roles).problems()).isEmpty();
  }

  private static StopWatch watching(History history, Map<String, String> roles) {
    return new StopWatch(
        () -> history.book,
        id ->
            Optional.ofNullable(roles.get(id))
                .map(role -> new StopCover.Owner("main", "strategy", role)));
  }

  @Test
  void usesNothingOfTheService() {
    Set<String> checker =
        Set.of(
            "AlwaysTrue",
            "TrueAtRest",
            "AlwaysProtected",
            "ProtectedAtRest",
            "JournalFold",
            "StopCover");
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are the checker's", type -> checker.contains(type.getSimpleName())))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.<JavaClass>describe(
                "are of the service",
                type ->
                    type.getPackageName().startsWith("dev.signaltoorder")
                        && !type.getPackageName().equals("dev.signaltoorder.crash")))
        .check(new ClassFileImporter().importPackagesOf(CheckerTest.class));
  }

  private static List<String> problemsOf(History history) {
    List<String> problems = AlwaysTrue.problems(history.evidence());
    problems.addAll(AlwaysProtected.problems(history.evidence()));
    problems.addAll(TrueAtRest.problems(history.evidence(), history.reported()));
    problems.addAll(ProtectedAtRest.problems(history.evidence()));
    return problems;
  }

  private static Arguments tampering(String what, String finding, Consumer<History> tampering) {
    return Arguments.of(what, finding, tampering);
  }
}
