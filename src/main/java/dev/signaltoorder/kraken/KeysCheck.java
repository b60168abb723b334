package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Asks what an account's keys may do: GetApiKeyInfo, and where Kraken does not offer that, the
 * little that two harmless calls can prove. Balance shows that the key may query; only then does a
 * denied WithdrawMethods, which needs query and withdraw, show that it may not withdraw. Rights to
 * deposit, to Earn and to change addresses stay unproven (Kraken REST reference).
 */
final class KeysCheck {

  private final Clock clock;
  private final boolean acceptUnproven;
  private final BooleanSupplier listens;
  // A denied call counts as a failed one at Kraken: each key is probed once, not every hour.
  private final Map<String, Probed> probed = new ConcurrentHashMap<>();

  private enum Probed {
    MAY_WITHDRAW,
    WITHDRAWAL_RULED_OUT,
    NOTHING_PROVEN
  }

  /**
   * @param acceptUnproven trade with a key of which not everything could be proven
   * @param listens the account's orders shall be followed by websocket
   */
  KeysCheck(Clock clock, boolean acceptUnproven, BooleanSupplier listens) {
    this.clock = clock;
    this.listens = listens;
    this.acceptUnproven = acceptUnproven;
  }

  /**
   * Checks all keys one after the other.
   *
   * @param lines of the key that has this role
   */
  void run(
      List<KeyRole> roles, Function<KeyRole, OrderCalls.Line> lines, Consumer<KeysReport> done) {
    new Run(lines, done).next(roles.iterator());
  }

  static void ask(OrderCalls.Line line, Consumer<Answer<KeyInfo>> done) {
    line.submit(
        call(
            "GetApiKeyInfo",
            KeyInfoBody::redact,
            record -> done.accept(Answers.of(record, KeyInfoBody::read))));
  }

  private static PrivateCall call(
      String endpoint, UnaryOperator<CallOutcome> redaction, Consumer<CallRecord> done) {
    return new PrivateCall(
        Priority.KEY_CHECK, endpoint, FormBody.EMPTY, 1, Toll.FREE, SendGate.OPEN, redaction, done);
  }

  /** One check of all keys. */
  private final class Run {
    private final Function<KeyRole, OrderCalls.Line> lines;
    private final Consumer<KeysReport> done;
    private final List<CallRecord> calls = new ArrayList<>();
    private final List<String> fingerprints = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean answered = true;
    private boolean historyLimited;

    Run(Function<KeyRole, OrderCalls.Line> lines, Consumer<KeysReport> done) {
      this.lines = lines;
      this.done = done;
    }

    void next(Iterator<KeyRole> roles) {
      if (!roles.hasNext()) {
        done.accept(
            new KeysReport(
                List.copyOf(calls),
                answered,
                String.join(",", fingerprints),
                List.copyOf(refusals),
                List.copyOf(warnings),
                historyLimited));
        return;
      }
      KeyRole role = roles.next();
      ask(
          lines.apply(role),
          answer -> {
            calls.add(answer.call());
            fingerprints.add(String.valueOf(answer.call().keyFingerprint()));
            switch (answer) {
              case Answer.Success<KeyInfo> success -> {
                judge(success.value(), role);
                next(roles);
              }
              case Answer.Failure<KeyInfo> failure when isNotOffered(failure) ->
                  probe(role, String.valueOf(failure.call().keyFingerprint()), () -> next(roles));
              case Answer.Failure<KeyInfo> failure -> {
                unanswered(failure.error());
                next(roles);
              }
            }
          });
    }

    private void judge(KeyInfo info, KeyRole role) {
      KeyCheck.Findings found = KeyCheck.judge(info, role, clock.instant());
      refusals.addAll(found.refusals());
      warnings.addAll(found.warnings());
      if (listens.getAsBoolean()
          && role != KeyRole.TRADE
          && !info.permissions().contains("create-ws-token")) {
        warnings.add(
            "the key cannot open the private websocket (create-ws-token, \"WebSocket interface\"):"
                + " orders are followed by REST alone");
      }
      historyLimited |=
          role != KeyRole.TRADE
              && (info.queryFrom() != null
                  || info.queryTo() != null
                  || !info.permissions().contains("query-open-trades")
                  || !info.permissions().contains("query-closed-trades"));
    }

    private void unanswered(String error) {
      answered = false;
      refusals.add("what the key may do could not be checked: " + error);
    }

    private void probe(KeyRole role, String fingerprint, Runnable then) {
      Probed known = probed.get(fingerprint);
      if (known != null) {
        say(known, role);
        then.run();
        return;
      }
      OrderCalls.Line line = lines.apply(role);
      line.submit(
          call(
              "Balance",
              UnaryOperator.identity(),
              balance -> {
                calls.add(balance);
                switch (Answers.of(balance, MoreResults::plainBalances)) {
                  case Answer.Success<?> mayQuery -> withdrawals(line, role, fingerprint, then);
                  case Answer.Failure<?> failure -> {
                    if (isDenied(failure)) {
                      found(Probed.NOTHING_PROVEN, role, fingerprint);
                    } else {
                      unanswered(failure.error());
                    }
                    then.run();
                  }
                }
              }));
    }

    private void withdrawals(
        OrderCalls.Line line, KeyRole role, String fingerprint, Runnable then) {
      line.submit(
          call(
              "WithdrawMethods",
              KeysCheck::withoutResult,
              call -> {
                calls.add(call);
                switch (Answers.of(call, result -> true)) {
                  case Answer.Success<?> may -> found(Probed.MAY_WITHDRAW, role, fingerprint);
                  case Answer.Failure<?> failure -> {
                    if (isDenied(failure)) {
                      found(Probed.WITHDRAWAL_RULED_OUT, role, fingerprint);
                    } else {
                      unanswered(failure.error());
                    }
                  }
                }
                then.run();
              }));
    }

    private void found(Probed result, KeyRole role, String fingerprint) {
      probed.put(fingerprint, result);
      say(result, role);
    }

    private void say(Probed result, KeyRole role) {
      switch (result) {
        case MAY_WITHDRAW -> refusals.add("the key can withdraw funds: remove this permission");
        case WITHDRAWAL_RULED_OUT ->
            unproven(
                "Kraken does not say what the key may do: withdrawing was ruled out, but not"
                    + " depositing, Earn and changing withdrawal addresses");
        case NOTHING_PROVEN -> {
          if (role != KeyRole.TRADE) {
            refusals.add("the key lacks the permission query-funds");
          }
          unproven(
              "Kraken does not say what the key may do, and without query-funds nothing could be"
                  + " ruled out");
        }
      }
    }

    private void unproven(String what) {
      if (acceptUnproven) {
        warnings.add(what);
      } else {
        refusals.add(what + "; signal-to-order.kraken.unproven-keys=accept trades all the same");
      }
    }
  }

  /** Names and networks of withdrawals are nobody's business: only that there was an answer. */
  private static CallOutcome withoutResult(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Reply reply
        && Envelope.of(reply) instanceof Envelope.Clean) {
      byte[] body = "{\"error\":[],\"result\":[]}".getBytes(UTF_8);
      return new CallOutcome.Reply(reply.httpStatus(), body, reply.complete());
    }
    return outcome;
  }

  private static boolean isNotOffered(Answer.Failure<?> failure) {
    String known = prefix(failure);
    return known.equals("EGeneral:Unknown method")
        || known.equals("EAPI:Feature disabled")
        || isDenied(failure);
  }

  private static boolean isDenied(Answer.Failure<?> failure) {
    return prefix(failure).equals("EGeneral:Permission denied");
  }

  private static String prefix(Answer.Failure<?> failure) {
    return failure.fromKraken() ? KrakenErrors.of(failure.error()).prefix() : "";
  }
}
