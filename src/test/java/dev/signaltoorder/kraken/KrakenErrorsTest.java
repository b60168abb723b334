package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.KrakenErrors.Action;
import dev.signaltoorder.kraken.KrakenErrors.AddOrderEffect;
import dev.signaltoorder.kraken.KrakenErrors.Pause;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table, a second time and by hand: text, meaning for an AddOrder, act, pause. */
class KrakenErrorsTest {

  private static final String TABLE =
      """
      EAPI:Invalid key                       | NOT_PLACED   | CALL_OPERATOR | KEY
      EAPI:Invalid signature                 | NOT_PLACED   | CALL_OPERATOR | KEY
      EAPI:Invalid nonce                     | NOT_PLACED   | NEW_NONCE     | NONE
      EAPI:Rate limit exceeded               | NOT_PLACED   | BACK_OFF      | CALLS
      EAPI:Bad request                       | NOT_PLACED   | GIVE_UP       | NONE
      EAPI:Feature disabled                  | NOT_PLACED   | CALL_OPERATOR | NONE
      EAPI:Invalid token                     | NOT_PLACED   | GIVE_UP       | NONE
      ESession:Invalid session               | NOT_PLACED   | GIVE_UP       | NONE
      EAuth:Account temporary disabled       | NOT_PLACED   | CALL_OPERATOR | KEY
      EAuth:Account unconfirmed              | NOT_PLACED   | CALL_OPERATOR | KEY
      EAuth:Failed                           | NOT_PLACED   | CALL_OPERATOR | KEY
      EAuth:Rate limit exceeded              | NOT_PLACED   | BACK_OFF      | CALLS
      EAuth:Too many requests                | NOT_PLACED   | BACK_OFF      | CALLS
      EAccount:Invalid permissions           | NOT_PLACED   | CALL_OPERATOR | NONE
      EGeneral:Permission denied             | NOT_PLACED   | CALL_OPERATOR | NONE
      EGeneral:Unknown method                | NOT_PLACED   | GIVE_UP       | NONE
      EGeneral:Invalid arguments             | NOT_PLACED   | GIVE_UP       | NONE
      EGeneral:Invalid arguments:volume      | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EGeneral:Invalid arguments:cl_ord_id not unique | MAYBE_PLACED | LOOK_UP | NONE
      EGeneral:Invalid arguments:Index unavailable | NOT_PLACED | GIVE_UP   | NONE
      EGeneral:Temporary lockout             | NOT_PLACED   | STOP_CALLING  | LOCKOUT
      EGeneral:Too many requests             | NOT_PLACED   | BACK_OFF      | CALLS
      EGeneral:Internal error                | MAYBE_PLACED | LOOK_UP       | SERVICE
      EService:Unavailable                   | MAYBE_PLACED | LOOK_UP       | SERVICE
      EService:Busy                          | MAYBE_PLACED | LOOK_UP       | SERVICE
      EService:Timeout                       | MAYBE_PLACED | LOOK_UP       | SERVICE
      EService:Deadline elapsed              | MAYBE_PLACED | LOOK_UP       | NONE
      EService:Throttled                     | NOT_PLACED   | BACK_OFF      | NAMED
      EService:Market in cancel_only mode    | NOT_PLACED   | GIVE_UP       | NONE
      EService:Market in post_only mode      | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Insufficient funds              | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Order minimum not met           | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EOrder:Cost minimum not met            | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EOrder:Tick size check failed          | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EOrder:Invalid price                   | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EOrder:Rate limit exceeded             | NOT_PLACED   | BACK_OFF      | PAIR_COUNTER
      EOrder:Domain rate limit exceeded      | NOT_PLACED   | BACK_OFF      | PAIR_COUNTER
      EOrder:Orders limit exceeded           | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Scheduled orders limit exceeded | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Positions limit exceeded        | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Invalid order                   | MAYBE_PLACED | LOOK_UP       | NONE
      EOrder:Unknown order                   | MAYBE_PLACED | LOOK_UP       | NONE
      EOrder:Post only order                 | MAYBE_PLACED | LOOK_UP       | NONE
      EOrder:Trading agreement required      | NOT_PLACED   | CALL_OPERATOR | NONE
      EOrder:Cannot open position            | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Cannot open opposing position   | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Margin allowance exceeded       | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Margin level too low            | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Margin position size exceeded   | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Unknown position                | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Reduce only                     | NOT_PLACED   | GIVE_UP       | NONE
      EOrder:Insufficient margin             | NOT_PLACED   | BACK_OFF      | NONE
      EQuery:Unknown asset pair              | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EQuery:Unknown asset                   | NOT_PLACED   | RELOAD_PAIRS  | NONE
      EQuery:Invalid asset pair              | NOT_PLACED   | RELOAD_PAIRS  | NONE
      ETrade:Invalid request                 | NOT_PLACED   | GIVE_UP       | NONE
      EBM:limit exceeded:CAL                 | NOT_PLACED   | CALL_OPERATOR | NONE
      Price(s) not found                     | NOT_PLACED   | GIVE_UP       | NONE
      Invalid timeout argument               | NOT_PLACED   | GIVE_UP       | NONE
      EFunding:Max fee exceeded              | MAYBE_PLACED | LOOK_UP       | NONE
      EFunding:Unknown withdraw key          | MAYBE_PLACED | LOOK_UP       | NONE
      EFunding:Invalid amount                | MAYBE_PLACED | LOOK_UP       | NONE
      EFunding:Too many addresses            | MAYBE_PLACED | LOOK_UP       | NONE
      EFunding:No funding method             | MAYBE_PLACED | LOOK_UP       | NONE
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void everyTextIsKnownWithAndWithoutWhatMayFollowIt(
      String text, AddOrderEffect effect, Action action, Pause pause) {
    String spaced = text.replaceFirst(":", ": ");
    for (String seen : new String[] {text, text + ":more of it", spaced, " " + text + " "}) {
      KrakenErrors.Row row = KrakenErrors.of(seen);

      assertThat(row.prefix()).as(seen).isEqualTo(text);
      assertThat(row.effect()).as(seen).isEqualTo(effect);
      assertThat(row.action()).as(seen).isEqualTo(action);
      assertThat(row.pause()).as(seen).isEqualTo(pause);
      assertThat(row.source()).isNotBlank();
      assertThat(row.meaning()).isNotBlank();
    }
    AddOrderVerdict verdict =
        AddOrderReading.of(Calls.answered("{\"error\":[\"" + text + "\"]}"), false);
    assertThat(verdict)
        .isInstanceOf(
            effect == AddOrderEffect.NOT_PLACED
                ? AddOrderVerdict.NotPlaced.class
                : AddOrderVerdict.MaybePlaced.class);
  }

  @Test
  void noRowIsMissingInThisTable() {
    Set<String> here = new TreeSet<>();
    TABLE.lines().forEach(line -> here.add(line.substring(0, line.indexOf('|')).strip()));
    Set<String> there = new TreeSet<>();
    KrakenErrors.rows().forEach(row -> there.add(row.prefix()));

    assertThat(there).isEqualTo(here);
  }

  @Test
  void whatIsNotListedMayHideAnOrder() {
    for (String text : new String[] {"EOrder:Something new", "", "EService", "EAPI:Invalid keys"}) {
      KrakenErrors.Row row = KrakenErrors.of(text);

      assertThat(row.prefix()).as(text).isEmpty();
      assertThat(row.effect()).isEqualTo(AddOrderEffect.MAYBE_PLACED);
      assertThat(row.category()).isEqualTo("other");
    }
  }
}
