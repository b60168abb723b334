package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict.MaybePlaced;
import dev.signaltoorder.kraken.AddOrderVerdict.NotPlaced;
import dev.signaltoorder.kraken.AddOrderVerdict.Placed;
import dev.signaltoorder.kraken.AddOrderVerdict.Validated;
import dev.signaltoorder.kraken.CallOutcome.Cause;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddOrderReadingTest {

  private static final String PLACED =
      "{\"error\":[],\"result\":{\"txid\":[\"OL7LNO-R4SAD-6UINEU\"],\"descr\":{\"order\":\"buy\"}}}";
  private static final String DESCRIBED =
      "{\"error\":[],\"result\":{\"descr\":{\"order\":\"buy 1 XBTUSD @ market\"}}}";

  private static AddOrderVerdict of(String body) {
    return AddOrderReading.of(Calls.answered(body), false);
  }

  private static String error(String... texts) {
    return "{\"error\":[\"" + String.join("\",\"", texts) + "\"]}";
  }

  @Test
  void anOrderIdIsPlaced() {
    assertThat(of(PLACED)).isEqualTo(new Placed("OL7LNO-R4SAD-6UINEU"));
  }

  @Test
  void anOrderIdBesideAWarningIsPlaced() {
    assertThat(of("{\"error\":[\"WOrder:careful\"],\"result\":{\"txid\":[\"O1\"]}}"))
        .isEqualTo(new Placed("O1"));
  }

  @Test
  void aValidatedOrderHasADescriptionAndNoId() {
    assertThat(AddOrderReading.of(Calls.answered(DESCRIBED), true))
        .isEqualTo(new Validated("buy 1 XBTUSD @ market"));
  }

  @Test
  void aValidationThatComesBackWithAnIdIsAnOrder() {
    assertThat(AddOrderReading.of(Calls.answered(PLACED), true)).isInstanceOf(Placed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DESCRIBED,
        "{\"error\":[],\"result\":{}}",
        "{\"error\":[]}",
        "{\"error\":[],\"result\":{\"txid\":[]}}",
        "{\"error\":[],\"result\":{\"txid\":[\"\"]}}",
        "{\"error\":[],\"result\":{\"txid\":[null]}}",
        "{\"error\":[],\"result\":{\"txid\":[\"O1\",\"O2\"]}}",
        "{\"error\":[],\"result\":{\"txid\":\"O1\"}}",
        "{\"result\":{\"txid\":[\"O1\"]}}",
        "{\"error\":\"EOrder:Insufficient funds\"}",
        "{\"error\":[{}]}",
        "{\"error\":[],\"result\":{\"txid\":[\"O1\"]}} trailing",
        "{\"error\":[\"EOrder:Insufficient funds\"],\"error\":[]}",
        "{\"error\":[],\"result\":{\"txid\":[\"O1\"",
        "<html>cloudflare</html>",
        "null",
        "[]",
        ""
      })
  void whateverElseComesWithStatus200IsDoubt(String body) {
    assertThat(of(body)).isInstanceOf(MaybePlaced.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 301, 307, 400, 403, 404, 429, 500, 502, 503, 504, 520, 521, 522, 524})
  void anotherStatusIsDoubtWhateverItsBody(int status) {
    assertThat(AddOrderReading.of(Calls.ended(Calls.reply(status, PLACED)), false))
        .isInstanceOf(MaybePlaced.class);
    assertThat(
            AddOrderReading.of(
                Calls.ended(Calls.reply(status, error("EOrder:Insufficient funds"))), false))
        .isInstanceOf(MaybePlaced.class);
  }

  @Test
  void aBodyCutShortIsDoubtEvenIfItReadsWell() {
    CallOutcome cut = new CallOutcome.Reply(200, PLACED.getBytes(UTF_8), false);

    assertThat(AddOrderReading.of(Calls.ended(cut), false)).isInstanceOf(MaybePlaced.class);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void noReplyIsDoubtWhateverTheCause(Cause cause) {
    assertThat(AddOrderReading.of(Calls.ended(new CallOutcome.NoReply(cause, "")), false))
        .isInstanceOf(MaybePlaced.class);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void notSentIsNotPlacedWhateverTheCause(Cause cause) {
    assertThat(AddOrderReading.of(Calls.ended(new CallOutcome.NotSent(cause, "why")), false))
        .isEqualTo(new NotPlaced(cause + ": why", false));
  }

  /** The rows as the documentation and the reports give them; not read from the table itself. */
  static Stream<String> proofs() {
    return Stream.of(
        "EAPI:Invalid key",
        "EAPI:Invalid signature",
        "EAPI:Invalid nonce",
        "EAPI:Rate limit exceeded",
        "EAPI:Bad request",
        "EAPI:Feature disabled",
        "EAPI:Invalid token",
        "ESession:Invalid session",
        "EAuth:Account temporary disabled",
        "EAuth:Account unconfirmed",
        "EAuth:Failed",
        "EAuth:Rate limit exceeded",
        "EAuth:Too many requests",
        "EAccount:Invalid permissions",
        "EAccount:Invalid permissions:AAPL trading restricted for DE.",
        "EGeneral:Permission denied",
        "EGeneral:Unknown method",
        "EGeneral:Invalid arguments",
        "EGeneral:Invalid arguments:ordertype",
        "EGeneral:Invalid arguments:volume",
        "EGeneral:Invalid arguments:cl_ord_id",
        "EGeneral:Invalid arguments:Index unavailable",
        "EGeneral:Temporary lockout",
        "EGeneral:Too many requests",
        "EService:Throttled: 1716287000",
        "EService: Throttled: 1716287000",
        "EService:Market in cancel_only mode",
        "EService:Market in post_only mode",
        "EOrder:Insufficient funds",
        "EOrder:Order minimum not met",
        "EOrder:Cost minimum not met",
        "EOrder:Tick size check failed",
        "EOrder:Invalid price",
        "EOrder:Invalid price:XXBTZEUR price can only be specified up to 1 decimals.",
        "EOrder:Rate limit exceeded",
        "EOrder:Domain rate limit exceeded",
        "EOrder:Orders limit exceeded",
        "EOrder:Scheduled orders limit exceeded",
        "EOrder:Positions limit exceeded",
        "EOrder:Trading agreement required",
        "EOrder:Cannot open position",
        "EOrder:Cannot open opposing position",
        "EOrder:Margin allowance exceeded",
        "EOrder:Margin level too low",
        "EOrder:Margin position size exceeded",
        "EOrder:Unknown position",
        "EOrder:Reduce only:Non-PC",
        "EOrder:Insufficient margin",
        "EQuery:Unknown asset pair",
        "EQuery:Unknown asset",
        "EQuery:Invalid asset pair",
        "ETrade:Invalid request",
        "EBM:limit exceeded:CAL",
        "Price(s) not found",
        "Invalid timeout argument");
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void anErrorOnTheListProvesThatNothingWasPlaced(String text) {
    assertThat(of(error(text))).isEqualTo(new NotPlaced(text, true));
  }

  static Stream<String> doubts() {
    return Stream.of(
        "EGeneral:Invalid arguments:cl_ord_id not unique",
        "EGeneral:Internal error",
        "EGeneral:Internal error:5",
        "EService:Unavailable",
        "EService: Unavailable",
        "EService:Busy",
        "EService:Timeout",
        "EService:Deadline elapsed",
        "EOrder:Invalid order",
        "EOrder:Unknown order",
        "EOrder:Post only order",
        "EOrder:Insufficient funds but it was placed",
        "EOrder:Insufficient fund",
        "EOrder:Something new",
        "EFunding:Max fee exceeded",
        "EFunding:Unknown withdraw key",
        "EFunding:Invalid amount",
        "EFunding:Too many addresses",
        "EFunding:No funding method",
        "ENew:Thing",
        "no category at all",
        "E");
  }

  @ParameterizedTest
  @MethodSource("doubts")
  void anyOtherErrorIsDoubt(String text) {
    assertThat(of(error(text))).isEqualTo(new MaybePlaced(text));
  }

  @Test
  void severalProofsAreAProof() {
    assertThat(of(error("WGeneral:x", "EOrder:Insufficient funds", "EOrder:Invalid price")))
        .isEqualTo(new NotPlaced("EOrder:Insufficient funds", true));
  }

  @Test
  void aProofBesideADoubtIsDoubt() {
    assertThat(of(error("EOrder:Insufficient funds", "EService:Busy")))
        .isInstanceOf(MaybePlaced.class);
  }

  @Test
  void aProofBesideAnOrderIdIsDoubt() {
    assertThat(of("{\"error\":[\"EOrder:Insufficient funds\"],\"result\":{\"txid\":[\"O1\"]}}"))
        .isInstanceOf(MaybePlaced.class);
  }

  @Test
  void anEmptyResultBesideAnErrorChangesNothing() {
    assertThat(of("{\"error\":[\"EAPI:Invalid key\"],\"result\":{}}"))
        .isEqualTo(new NotPlaced("EAPI:Invalid key", true));
  }

  /** One outcome and more per row of the transport's half of the table. */
  private static final Map<TransportEvent, List<CallOutcome>> EVENTS =
      Map.ofEntries(
          Map.entry(
              TransportEvent.NOT_SENT,
              List.of(
                  new CallOutcome.NotSent(Cause.CONNECT_FAILED, ""),
                  new CallOutcome.NotSent(Cause.PERMIT_REFUSED, ""))),
          Map.entry(TransportEvent.TIMEOUT, List.of(new CallOutcome.NoReply(Cause.TIMEOUT, ""))),
          Map.entry(
              TransportEvent.CONNECTION_LOST,
              List.of(new CallOutcome.NoReply(Cause.CONNECTION_LOST, ""))),
          Map.entry(TransportEvent.NO_REPLY, List.of(new CallOutcome.NoReply(Cause.OTHER, ""))),
          Map.entry(
              TransportEvent.SERVER_ERROR,
              Stream.of(500, 502, 503, 504, 520, 521, 522, 524)
                  .map(status -> (CallOutcome) Calls.reply(status, PLACED))
                  .toList()),
          Map.entry(
              TransportEvent.TURNED_AWAY, List.of(Calls.reply(403, ""), Calls.reply(429, PLACED))),
          Map.entry(
              TransportEvent.OTHER_STATUS,
              List.of(Calls.reply(201, PLACED), Calls.reply(302, ""), Calls.reply(404, "{}"))),
          Map.entry(
              TransportEvent.BODY_CUT,
              List.of(new CallOutcome.Reply(200, PLACED.getBytes(UTF_8), false))),
          Map.entry(
              TransportEvent.NO_ENVELOPE,
              List.of(Calls.reply(200, "<html>cloudflare</html>"), Calls.reply(200, "{}"))),
          Map.entry(
              TransportEvent.NO_ORDER_ID,
              List.of(Calls.reply(200, DESCRIBED), Calls.reply(200, "{\"error\":[]}"))),
          Map.entry(TransportEvent.ORDER_ID, List.of(Calls.reply(200, PLACED))));

  @ParameterizedTest
  @EnumSource(TransportEvent.class)
  void everyRowOfTheTransportsTableIsReadAsItSays(TransportEvent row) {
    assertThat(EVENTS.get(row)).isNotEmpty();
    assertThat(row.source()).isNotBlank();
    assertThat(row.meaning()).isNotBlank();
    for (CallOutcome outcome : Objects.requireNonNull(EVENTS.get(row))) {
      assertThat(TransportEvent.of(outcome)).isEqualTo(row);
      AddOrderVerdict verdict = AddOrderReading.of(Calls.ended(outcome), false);
      Class<? extends AddOrderVerdict> expected =
          switch (row.effect()) {
            case PLACED -> Placed.class;
            case NOT_PLACED -> NotPlaced.class;
            case MAYBE_PLACED -> MaybePlaced.class;
          };
      assertThat(verdict).isInstanceOf(expected);
    }
  }

  @Test
  void whereKrakensErrorTextsDecideTheTransportHasNoRow() {
    assertThat(TransportEvent.of(Calls.reply(200, error("EOrder:Insufficient funds")))).isNull();
  }

  @Test
  void everyRowOfTheErrorTableHasASource() {
    assertThat(KrakenErrors.rows()).allSatisfy(row -> assertThat(row.source()).isNotBlank());
  }

  @Test
  void everyRowOfTheTableIsTestedHere() {
    List<String> tested = Stream.concat(proofs(), doubts()).toList();

    assertThat(KrakenErrors.rows())
        .allSatisfy(
            row ->
                assertThat(tested)
                    .anySatisfy(text -> assertThat(KrakenErrors.of(text)).isEqualTo(row)));
    assertThat(KrakenErrors.rows()).extracting(KrakenErrors.Row::prefix).doesNotHaveDuplicates();
  }
}
