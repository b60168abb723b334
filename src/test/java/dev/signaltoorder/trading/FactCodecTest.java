package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.journal.RawFact;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.FieldProblem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactCodecTest {
  private static final UUID ID = new UUID(0x7000, 1);
  private final FactCodec codec = new FactCodec();
  private final ObjectMapper json = new ObjectMapper();

  /** Facts of every kind, most of them as a core made them. */
  static List<Fact> samples() {
    List<Fact> facts = lived();
    facts.addAll(madeUp());
    return facts;
  }

  /** As a core made them, in their order. */
  static List<Fact> lived() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    UUID doubt = core.inDoubt();
    for (int i = 0; i < 60; i++) {
      core.lookUpFails(doubt);
      core.pass(Duration.ofSeconds(11));
    }
    core.step(new Message.Settle(doubt, "", "anna", "not in the account"));
    core.krakenIsBack();
    UUID open = core.open();
    core.followed(Samples.info("OABC", open.toString(), "open", "0.0002", "50010.0"));
    core.arrives(Action.CANCEL);
    core.followed(Samples.info("OABC", open.toString(), "canceled", "0.0002", "50010.0"));
    core.tick();
    core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("EOrder:No", true));
    core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("halted", false));
    core.step(new Message.RehearseHalt("ALL", "anna", "a drill"));
    core.step(new Message.Halt("ALL", "anna", "news"));
    core.step(new Message.Resume("anna", "over"));
    RuleSet looser = new RuleSet(2, core.now(), "anna", "more", Samples.generousRules("GTC"));
    core.step(
        new Message.ProposeRules(
            new RuleProposal(looser, List.of("a line"), core.now().plusSeconds(60))));
    core.step(new Message.RejectRules(2, "bert", "no"));
    core.step(new Message.Arm("anna"));
    core.step(new Message.Disarm("anna"));
    core.arrives("twice", "body", core.signal(Action.BUY), core.freshMarket());
    core.arrives("twice", "other", core.signal(Action.BUY), core.freshMarket());
    core.step(
        new Message.InvalidArrived(
            Samples.delivery(core.id(), "bad", "body", core.now()),
            List.of(new FieldProblem("/data/pair", "missing", "a pair"))));
    core.step(
        new Message.KeysRotated(
            "0123456789ab",
            new Message.KeyCheckFinished(
                List.of(), true, "ba9876543210", List.of(), List.of(), false)));
    core.step(new Message.KeysNotRotated("ba9876543210", "no such file", List.of()));
    core.step(new Message.CheckpointKeyReplaced("0123", "4567"));
    core.step(new Message.SecretsReplaced("users", "0123", "4567"));
    core.step(new Message.CertificateReplaced("tls public", "0123", "4567", "CN=it", core.now()));
    core.step(new Message.Drill("oscar", "system-status status=maintenance"));
    core.open();
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.Placed("OXYZ"));
    return new ArrayList<>(core.facts());
  }

  private static List<Fact> madeUp() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact.OrderStillAbsent(ID, ID, 1, false));
    facts.add(new Fact.AccountLockedOut(Samples.NOW, ID, "EGeneral:Temporary lockout"));
    facts.add(new ConductFact.SourceSilent("demo", Samples.NOW, 60));
    facts.add(new ConductFact.SourceSilent("never", null, 60));
    RuleSet looser = new RuleSet(2, Samples.NOW, "anna", "more", Samples.generousRules("GTC"));
    facts.add(new ConductFact.RulesScheduled(looser));
    facts.add(new ConductFact.ActProposed("SETTLE", "an order", "anna", "looked", Samples.NOW));
    facts.add(new ConductFact.ActConfirmed("SETTLE", "an order", "anna", "bert"));
    facts.add(
        new ConductFact.ConditionChanged(
            "BTC/USD",
            MarketCondition.NORMAL,
            MarketCondition.THIN,
            "depth",
            BigDecimal.ONE,
            BigDecimal.TEN,
            BigDecimal.TEN,
            ID,
            Samples.NOW,
            "the text"));
    facts.add(
        new ConductFact.PositionsMarked(
            List.of(new ConductFact.Mark("BTC/USD", BigDecimal.TEN, Samples.NOW, ID))));
    facts.add(new ConductFact.LossLimitCrossed("drawdown", "USD", Samples.NOW, "the text"));
    facts.add(
        new Fact.FeesRead(
            "ZUSD",
            BigDecimal.TEN,
            Map.of("XXBTZUSD", new BigDecimal("0.2600")),
            Map.of("XXBTZUSD", new BigDecimal("-0.0100"))));
    facts.add(new Fact.StateSaved(12, "1.0/1", "ab12"));
    BigDecimal stop = new BigDecimal("49000.0");
    ProtectionFact.Level level =
        new ProtectionFact.Level(new BigDecimal("51000.0"), new BigDecimal("0.5"));
    facts.add(new ProtectionFact.Wanted(ID, ID, "breakout", Samples.BTC, stop, List.of(level)));
    facts.add(new ProtectionFact.Ended(ID, "BTC/USD", "breakout", "closed"));
    facts.add(new ProtectionFact.Failed(ID, "BTC/USD", "breakout", BigDecimal.ONE, "refused"));
    facts.add(new ProtectionFact.StopMoved(ID, "BTC/USD", "breakout", stop, "in profit"));
    facts.add(new ProtectionFact.PairChanged(ID, "BTC/USD", "breakout", Samples.ETH, stop));
    facts.add(new ProtectionFact.TargetReached(ID, ID, level, stop, ID, Samples.NOW));
    facts.add(new ProtectionFact.AmendWanted(ID, ID, BigDecimal.ONE, stop, Samples.NOW, "fills"));
    facts.add(new ProtectionFact.Amended(ID, ID, BigDecimal.ONE, null, "SHOWN", ID));
    facts.add(new ProtectionFact.AmendFailed(ID, ID, "EOrder:Unknown order", false));
    facts.add(new ProtectionFact.SellHeld(ID, ID, BigDecimal.ONE, Samples.NOW));
    facts.add(new ProtectionFact.SellReleased(ID, ID));
    return facts;
  }

  @Test
  void everyKindOfFactComesBackAsItWas() {
    List<Fact> samples = samples();
    Set<Class<?>> kinds = samples.stream().map(Fact::getClass).collect(Collectors.toSet());
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(kindsOf(Fact.class));

    for (Fact fact : samples) {
      assertThat(IndependentChecker.reread(codec, json, 0, fact)).isEqualTo(fact);
    }
  }

  private static Set<Class<?>> kindsOf(Class<?> type) {
    return type.isInterface()
        ? Stream.of(type.getPermittedSubclasses())
            .flatMap(each -> kindsOf(each).stream())
            .collect(Collectors.toSet())
        : Set.of(type);
  }

  @Test
  void nothingIsFloatingPoint() {
    for (Fact fact : samples()) {
      assertNoFloats(codec.encode(new Recorded(fact, null)).body(), fact);
    }
  }

  private static void assertNoFloats(JsonNode node, Fact of) {
    assertThat(node.isFloatingPointNumber()).as("a float in %s", of).isFalse();
    node.forEach(child -> assertNoFloats(child, of));
  }

  @Test
  void amountsKeepTheirScaleAndAreWrittenPlainly() throws Exception {
    // Given
    Map<String, BigDecimal> equity =
        Map.of("A", new BigDecimal("1.500"), "B", new BigDecimal("1E-9"), "C", new BigDecimal("0"));
    Fact.BalancesRead fact =
        new Fact.BalancesRead(
            7, Map.of("Z", new AssetBalance(new BigDecimal("10.00"), BigDecimal.ZERO)), equity);

    // When
    ObjectNode body = codec.encode(new Recorded(fact, null)).body();

    // Then
    assertThat(body.at("/equity/A").textValue()).isEqualTo("1.500");
    assertThat(body.at("/equity/B").textValue()).isEqualTo("0.000000001");
    assertThat(body.at("/balances/Z/total").textValue()).isEqualTo("10.00");
    assertThat(body.get("asOf").isIntegralNumber()).isTrue();
    Fact.BalancesRead read = (Fact.BalancesRead) IndependentChecker.reread(codec, json, 0, fact);
    assertThat(read.equity().get("A")).isEqualTo(new BigDecimal("1.500"));
  }

  @Test
  void timesAreTextInUtcWithMicroseconds() {
    Fact.SignalInvalid fact =
        new Fact.SignalInvalid(
            ID, "demo", "msg", "hash", Samples.NOW.plusNanos(123_456_000), List.of());

    assertThat(codec.encode(new Recorded(fact, null)).body().get("receivedAt").textValue())
        .isEqualTo("2026-11-22T10:15:30.123456Z");
  }

  @Test
  void anEntryNamesKindSignalAndOrderAndCarriesTheRawBytes() {
    // Given
    byte[] raw = "raw".getBytes(StandardCharsets.UTF_8);
    Fact fact = new Fact.OrderInDoubt(ID, new UUID(0x7000, 2), "silence");

    // When
    var entry = codec.encode(new Recorded(fact, raw));

    // Then
    assertThat(entry.kind()).isEqualTo("order-in-doubt");
    assertThat(entry.orderId()).isEqualTo(ID);
    assertThat(entry.signalId()).isEqualTo(new UUID(0x7000, 2));
    assertThat(entry.raw()).isEqualTo(raw);
  }

  @Test
  void everyKindHasItsOwnName() {
    List<String> names = samples().stream().map(FactCodec::kindOf).distinct().toList();

    assertThat(names).hasSize(kindsOf(Fact.class).size());
    assertThat(Arrays.asList("signal-received", "order-intended", "order-placed"))
        .isSubsetOf(names);
  }

  @Test
  void haltsOfBeforeTheirSweepCouldBeSaidCancelNothingButEntries() {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("scope", "CANCEL_ALL")
            .put("actor", "anna")
            .put("reason", "news");

    assertThat(codec.decode(raw("trading-halted", body)))
        .contains(new Fact.TradingHalted("CANCEL_ALL", "anna", "news", Sweep.ENTRIES));
    body.putArray("heldBack");
    body.putArray("canceled");
    body.putArray("kept");
    assertThat(codec.decode(raw("halt-rehearsed", body.put("waiting", 1))))
        .contains(
            new ConductFact.HaltRehearsed(
                "CANCEL_ALL", "anna", "news", List.of(), List.of(), List.of(), 1, Sweep.ENTRIES));
  }

  @Test
  void aKindOfANewerProgramIsLeftOut() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();

    assertThat(codec.decode(raw("of-tomorrow", body))).isEmpty();
  }

  @Test
  void anIntentOfAnOlderProgramKnowsNoSizeAskedFor() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives(Action.BUY);
    ObjectNode body = codec.encode(new Recorded(core.lastIntent(), null)).body();
    assertThat(body.at("/intent/asked/unit").textValue()).isEqualTo("QUOTE");
    ((ObjectNode) body.get("intent")).remove("asked");

    Fact.OrderIntended read =
        (Fact.OrderIntended) codec.decode(raw("order-intended", body)).orElseThrow();

    assertThat(read.intent().asked()).isNull();
    assertThat(read.intent().plan()).isEqualTo(core.lastIntent().intent().plan());
  }

  @Test
  void aFieldOfANewerProgramIsIgnored() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("actor", "anna").put("mood", "x");

    assertThat(codec.decode(raw("account-armed", body))).contains(new Fact.AccountArmed("anna"));
  }

  @Test
  void aFactThatCannotBeReadStopsTheReplay() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("orderId", "no id");

    assertThatIllegalStateException().isThrownBy(() -> codec.decode(raw("order-placed", body)));
  }

  /** As it lies in the journal: the body between other fields. */
  private static RawFact raw(String kind, ObjectNode body) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode().put("account", "main");
    whole.set("body", body);
    whole.put("kind", kind);
    return new RawFact(0, kind, whole.toString().getBytes(StandardCharsets.UTF_8));
  }
}
