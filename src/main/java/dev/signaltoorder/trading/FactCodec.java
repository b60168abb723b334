package dev.signaltoorder.trading;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.RawFact;
import dev.signaltoorder.risk.Decision;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Facts as JSON bodies and back. Amounts are written as plain decimal strings with their scale,
 * times as RFC 3339 in UTC: nothing passes through floating point. The kind names are stable: they
 * are in journals for ever.
 */
final class FactCodec {
  private static final Map<String, Class<? extends Fact>> KINDS =
      Map.ofEntries(
          Map.entry("loop-started", Fact.LoopStarted.class),
          Map.entry("signal-received", Fact.SignalReceived.class),
          Map.entry("signal-invalid", Fact.SignalInvalid.class),
          Map.entry("delivery-conflict", Fact.DeliveryConflict.class),
          Map.entry("market-read", Fact.MarketRead.class),
          Map.entry("signal-decided", Fact.SignalDecided.class),
          Map.entry("cancel-wanted", Fact.CancelWanted.class),
          Map.entry("cancel-done", Fact.CancelDone.class),
          Map.entry("order-intended", Fact.OrderIntended.class),
          Map.entry("kraken-called", Fact.KrakenCalled.class),
          Map.entry("order-placed", Fact.OrderPlaced.class),
          Map.entry("order-refused", Fact.OrderRefused.class),
          Map.entry("order-not-placed", Fact.OrderNotPlaced.class),
          Map.entry("order-still-absent", Fact.OrderStillAbsent.class),
          Map.entry("order-in-doubt", Fact.OrderInDoubt.class),
          Map.entry("order-quarantined", Fact.OrderQuarantined.class),
          Map.entry("order-progressed", Fact.OrderProgressed.class),
          Map.entry("order-ended", Fact.OrderEnded.class),
          Map.entry("balances-read", Fact.BalancesRead.class),
          Map.entry("fees-read", Fact.FeesRead.class),
          Map.entry("key-checked", Fact.KeyChecked.class),
          Map.entry("keys-rotated", Fact.KeysRotated.class),
          Map.entry("keys-not-rotated", Fact.KeysNotRotated.class),
          Map.entry("checkpoint-key-replaced", Fact.CheckpointKeyReplaced.class),
          Map.entry("secrets-replaced", Fact.SecretsReplaced.class),
          Map.entry("certificate-replaced", ConductFact.CertificateReplaced.class),
          Map.entry("trading-halted", Fact.TradingHalted.class),
          Map.entry("trading-resumed", Fact.TradingResumed.class),
          Map.entry("account-armed", Fact.AccountArmed.class),
          Map.entry("account-disarmed", Fact.AccountDisarmed.class),
          Map.entry("drill-set", Fact.DrillSet.class),
          Map.entry("rules-activated", Fact.RulesActivated.class),
          Map.entry("rules-proposed", Fact.RulesProposed.class),
          Map.entry("rules-proposal-closed", Fact.RulesProposalClosed.class),
          Map.entry("invariant-violated", Fact.InvariantViolated.class),
          Map.entry("account-locked-out", Fact.AccountLockedOut.class),
          Map.entry("protection-wanted", ProtectionFact.Wanted.class),
          Map.entry("protection-ended", ProtectionFact.Ended.class),
          Map.entry("protection-failed", ProtectionFact.Failed.class),
          Map.entry("stop-moved", ProtectionFact.StopMoved.class),
          Map.entry("protection-pair-changed", ProtectionFact.PairChanged.class),
          Map.entry("target-reached", ProtectionFact.TargetReached.class),
          Map.entry("amend-wanted", ProtectionFact.AmendWanted.class),
          Map.entry("order-amended", ProtectionFact.Amended.class),
          Map.entry("amend-failed", ProtectionFact.AmendFailed.class),
          Map.entry("sell-held", ProtectionFact.SellHeld.class),
          Map.entry("sell-released", ProtectionFact.SellReleased.class),
          Map.entry("halt-rehearsed", ConductFact.HaltRehearsed.class),
          Map.entry("order-settled", ConductFact.OrderSettled.class),
          Map.entry("source-silent", ConductFact.SourceSilent.class),
          Map.entry("condition-changed", ConductFact.ConditionChanged.class),
          Map.entry("positions-marked", ConductFact.PositionsMarked.class),
          Map.entry("loss-limit-crossed", ConductFact.LossLimitCrossed.class),
          Map.entry("rules-scheduled", ConductFact.RulesScheduled.class),
          Map.entry("act-proposed", ConductFact.ActProposed.class),
          Map.entry("act-confirmed", ConductFact.ActConfirmed.class),
          Map.entry("state-saved", Fact.StateSaved.class));

  private static final Map<Class<? extends Fact>, String> NAMES =
      KINDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  /** Facts that change nothing in the state but their count. A test holds it against the fold. */
  static final Set<String> STATELESS =
      Set.of(
          "delivery-conflict",
          "market-read",
          "state-saved",
          "keys-rotated",
          "keys-not-rotated",
          "checkpoint-key-replaced",
          "secrets-replaced",
          "certificate-replaced",
          "halt-rehearsed",
          "order-settled",
          "drill-set");

  private final ObjectMapper json;

  FactCodec() {
    this(newMapper());
  }

  private FactCodec(ObjectMapper json) {
    this.json = json;
  }

  /** Reads decisions as far as {@link ShortDecisions} goes; not for writing. */
  static FactCodec forJudgingAgain() {
    ObjectMapper mapper = newMapper();
    mapper.registerModule(
        new SimpleModule("short-decisions")
            .addDeserializer(Decision.class, new ShortDecisions())
            .addDeserializer(Instant.class, new PlainInstants()));
    return new FactCodec(mapper);
  }

  /** For everything that must come back exactly as it was written. */
  static ObjectMapper newMapper() {
    // What this service wrote itself may be larger than what strangers may send.
    StreamReadConstraints own =
        StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();
    JsonMapper mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(own).build())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(BigDecimal.class, new PlainText()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // Older facts may lack fields of today, and a newer program's facts may have more.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    // Nonces and senders' sequence numbers exceed what JSON numbers carry exactly (RFC 8785,
    // 3.2.2.3).
    mapper.configOverride(Long.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
    return mapper;
  }

  /** The names of all kinds. */
  static Set<String> kinds() {
    return KINDS.keySet();
  }

  JournalEntry encode(Recorded recorded) {
    Fact fact = recorded.fact();
    ObjectNode body = json.valueToTree(fact);
    return new JournalEntry(kindOf(fact), fact.signalId(), fact.orderId(), body, recorded.raw());
  }

  /**
   * Reads a fact from the bytes that were hashed, without building a tree first. Empty for a kind
   * this program does not know, which belongs to no account's state, and for one whose bytes were
   * not read.
   *
   * @throws IllegalStateException when they cannot be read
   */
  Optional<Fact> decode(RawFact stored) {
    Class<? extends Fact> type = KINDS.get(stored.kind());
    if (type == null || stored.canonical() == null) {
      return Optional.empty();
    }
    try (JsonParser parser = json.createParser(stored.canonical())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isBody = parser.currentName().equals("body");
        parser.nextToken();
        if (isBody) {
          return Optional.of(json.readValue(parser, type));
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw new IllegalStateException("fact " + stored.seq() + " cannot be read", e);
    }
    throw new IllegalStateException("fact " + stored.seq() + " has no body");
  }

  /**
   * Jackson's own text form of a small number is "1E-8". All amounts are bounded where they enter.
   */
  private static final class PlainText extends JsonSerializer<BigDecimal> {
    @Override
    public void serialize(BigDecimal value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(value.toPlainString());
    }
  }

  static String kindOf(Fact fact) {
    String name = NAMES.get(fact.getClass());
    if (name == null) {
      throw new IllegalStateException("no kind for " + fact.getClass());
    }
    return name;
  }
}
