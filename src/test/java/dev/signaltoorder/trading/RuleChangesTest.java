package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Rules that may let more through wait for a second operator. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RuleChangesTest {

  @Test
  void aProposalChangesNothingUntilAnotherOperatorConfirmsIt() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);
    assertThat(core.state().ruleBook().active().version()).isEqualTo(1);
    core.stepClock(Duration.ofMinutes(10));

    // When
    Step step = core.step(new Message.ConfirmRules(2, "bert"));

    // Then
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("rules-proposal-closed, rules-activated");
    assertThat(step.answer()).isEqualTo(new CommandResult(true, "active"));
    RuleSet active = core.state().ruleBook().active();
    assertThat(active.version()).isEqualTo(2);
    assertThat(active.author()).isEqualTo("anna");
    assertThat(active.activeFrom()).isEqualTo(core.now());
    assertThat(core.facts(Fact.RulesProposalClosed.class))
        .containsExactly(new Fact.RulesProposalClosed(2, "CONFIRMED", "bert", ""));
    assertThat(core.state().ruleBook().proposal()).isNull();
  }

  @Test
  void rulesForLaterTakeEffectAtTheirTimeAndNotBefore() {
    CoreUnderTest core = CoreUnderTest.serving();
    RuleSet later = rulesFrom(core, Duration.ofMinutes(10), "tonight");

    Step step = core.step(new Message.ActivateRules(later));
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("rules-scheduled");
    assertThat(step.answer())
        .isEqualTo(new CommandResult(true, "active from " + later.activeFrom()));
    core.stepClock(Duration.ofMinutes(10).minusNanos(1_000));
    core.tick();
    assertThat(core.state().ruleBook().active().version()).isEqualTo(1);
    core.restart();
    core.stepClock(Duration.ofNanos(1_000));
    core.tick();

    assertThat(core.state().ruleBook().active()).isEqualTo(later);
    assertThat(core.state().ruleBook().scheduled()).isNull();
    core.tick();
    assertThat(core.facts(Fact.RulesActivated.class)).hasSize(2);
  }

  @Test
  void rulesThatTakeEffectNowReplaceThoseThatWait() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.step(new Message.ActivateRules(rulesFrom(core, Duration.ofMinutes(10), "tonight")));

    core.step(new Message.ActivateRules(numbered(3, rulesFrom(core, Duration.ZERO, "at once"))));
    core.stepClock(Duration.ofHours(1));
    core.tick();

    assertThat(core.state().ruleBook().active().reason()).isEqualTo("at once");
    assertThat(core.state().ruleBook().scheduled()).isNull();
  }

  @Test
  void confirmedRulesStillWaitForTheirTime() {
    CoreUnderTest core = CoreUnderTest.serving();
    RuleSet later = rulesFrom(core, Duration.ofMinutes(30), "tonight");
    core.step(
        new Message.ProposeRules(
            new RuleProposal(later, List.of("a line"), core.now().plus(Duration.ofHours(1)))));

    Step step = core.step(new Message.ConfirmRules(2, "bert"));
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("rules-proposal-closed, rules-scheduled");
    core.stepClock(Duration.ofMinutes(30));
    core.tick();

    assertThat(core.state().ruleBook().active()).isEqualTo(later);
  }

  private static RuleSet rulesFrom(CoreUnderTest core, Duration ahead, String reason) {
    return new RuleSet(2, core.now().plus(ahead), "anna", reason, Samples.generousRules("IOC"));
  }

  @Test
  void itsAuthorCannotConfirmIt() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);

    Step step = core.step(new Message.ConfirmRules(2, "anna"));

    assertThat(step.answer())
        .isEqualTo(new CommandResult(false, "another operator than its author must confirm it"));
    assertThat(step.facts()).isEmpty();
    assertThat(core.state().ruleBook().proposal()).isNotNull();
  }

  @Test
  void atItsLastMomentItCanBeConfirmedAndAMicrosecondLaterItExpires() {
    CoreUnderTest inTime = CoreUnderTest.serving();
    propose(inTime, 2);
    inTime.stepClock(Duration.ofHours(1));
    CoreUnderTest late = CoreUnderTest.serving();
    propose(late, 2);
    late.stepClock(Duration.ofHours(1).plusNanos(1_000));

    assertThat(((CommandResult) inTime.step(new Message.ConfirmRules(2, "bert")).answer()).done())
        .isTrue();
    assertThat(((CommandResult) late.step(new Message.ConfirmRules(2, "bert")).answer()).done())
        .isFalse();
    assertThat(late.facts(Fact.RulesProposalClosed.class).getFirst().how()).isEqualTo("EXPIRED");
    assertThat(late.state().ruleBook().active().version()).isEqualTo(1);
    assertThat(late.state().ruleBook().proposal()).isNull();
  }

  @Test
  void timeAloneEndsAProposal() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);

    core.pass(Duration.ofMinutes(60));
    assertThat(core.state().ruleBook().proposal()).isNotNull();
    core.pass(Duration.ofSeconds(1));

    assertThat(core.state().ruleBook().proposal()).isNull();
    assertThat(core.facts(Fact.RulesProposalClosed.class)).hasSize(1);
  }

  @Test
  void anyOperatorCanRejectIt() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);

    core.step(new Message.RejectRules(2, "anna", "a typing error"));

    assertThat(core.facts(Fact.RulesProposalClosed.class))
        .containsExactly(new Fact.RulesProposalClosed(2, "REJECTED", "anna", "a typing error"));
    assertThat(core.state().ruleBook().proposal()).isNull();
  }

  @Test
  void whatIsNotProposedCannotBeConfirmedOrRejected() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);

    assertThat(core.step(new Message.ConfirmRules(3, "bert")).answer())
        .isEqualTo(new CommandResult(false, "no rules of version 3 are proposed"));
    assertThat(core.step(new Message.RejectRules(1, "bert", "no")).answer())
        .isEqualTo(new CommandResult(false, "version 1 is active already"));
    assertThat(core.step(new Message.RejectRules(3, "bert", "no")).answer())
        .isEqualTo(new CommandResult(false, "no rules of version 3 are proposed"));
    assertThat(core.state().ruleBook().proposal()).isNotNull();
  }

  @Test
  void rulesThatTakeEffectMeanwhileEndAProposal() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);

    core.step(new Message.ActivateRules(set(3, "carl")));

    assertThat(core.state().ruleBook().proposal()).isNull();
    assertThat(((CommandResult) core.step(new Message.ConfirmRules(2, "bert")).answer()).done())
        .isFalse();
  }

  @Test
  void aNumberThatIsNotHigherThanAnyKnownHereIsRefused() {
    CoreUnderTest core = CoreUnderTest.serving();

    Step asOld = propose(core, 1);
    assertThat(asOld.answer())
        .isEqualTo(new CommandResult(false, "the rules changed meanwhile: version 1"));
    assertThat(core.state().ruleBook().proposal()).isNull();
    propose(core, 4);

    // What waits has its number too: whoever confirms version 4 must not confirm other rules.
    assertThat(core.step(new Message.ActivateRules(set(4, "carl"))).answer())
        .isEqualTo(new CommandResult(false, "the rules changed meanwhile: version 4"));
    assertThat(core.step(new Message.ActivateRules(set(3, "anna"))).answer())
        .isEqualTo(new CommandResult(false, "the rules changed meanwhile: version 4"));
    assertThat(core.state().ruleBook().active().version()).isEqualTo(1);
  }

  @Test
  void aHigherNumberIsTakenWhateverLiesBetween() {
    CoreUnderTest core = CoreUnderTest.serving();

    core.step(new Message.ActivateRules(set(6, "anna")));

    assertThat(core.state().ruleBook().active().version()).isEqualTo(6);
    core.arrives(Action.BUY);
    assertThat(core.facts(Fact.SignalDecided.class).getLast().decision().ruleSetVersion())
        .isEqualTo(6);
  }

  @Test
  void whatIsHereAlreadyIsAnsweredAndNotRecordedAgain() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.step(new Message.ActivateRules(set(2, "anna")));
    RuleSet later = numbered(3, rulesFrom(core, Duration.ofMinutes(10), "tonight"));
    core.step(new Message.ActivateRules(later));
    propose(core, 4);

    Step active = core.step(new Message.ActivateRules(set(2, "anna")));
    Step scheduled = core.step(new Message.ActivateRules(later));
    Step proposed = propose(core, 4);

    assertThat(List.of(active.answer(), scheduled.answer(), proposed.answer()))
        .containsExactly(
            new CommandResult(true, "active already"),
            new CommandResult(true, "active from " + later.activeFrom() + " already"),
            new CommandResult(true, "waits for a second operator already"));
    assertThat(active.facts()).isEmpty();
    assertThat(scheduled.facts()).isEmpty();
    assertThat(proposed.facts()).isEmpty();
  }

  @Test
  void whatWasConfirmedBeforeIsDoneAndCannotBeRejected() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);
    core.step(new Message.ConfirmRules(2, "bert"));

    Step again = core.step(new Message.ConfirmRules(2, "bert"));
    Step tooLate = core.step(new Message.RejectRules(2, "bert", "no"));

    assertThat(again.answer()).isEqualTo(new CommandResult(true, "version 2 is active already"));
    assertThat(again.facts()).isEmpty();
    assertThat(tooLate.answer()).isEqualTo(new CommandResult(false, "version 2 is active already"));
  }

  @Test
  void rulesThatShallOnlyBeStricterAreRefusedWhereTheyAreNot() {
    CoreUnderTest core = CoreUnderTest.serving();
    var looser = Samples.generousRules("GTC");
    Samples.set(looser, "spread", "limit", "51");
    var stricter = Samples.generousRules("GTC");
    Samples.set(stricter, "spread", "limit", "0.1");
    String now = core.state().ruleBook().active().rules().get("spread").get("limit");

    Step refused =
        core.step(
            new Message.ActivateRules(new RuleSet(2, Samples.NOW, "anna", "test", looser), true));
    Step taken =
        core.step(
            new Message.ActivateRules(new RuleSet(2, Samples.NOW, "anna", "test", stricter), true));

    assertThat(refused.answer())
        .isEqualTo(
            new CommandResult(
                false, "a second operator must confirm it here: spread.limit: " + now + " to 51"));
    assertThat(refused.facts()).isEmpty();
    assertThat(taken.answer()).isEqualTo(new CommandResult(true, "active"));
  }

  private static RuleSet numbered(long version, RuleSet set) {
    return new RuleSet(version, set.activeFrom(), set.author(), set.reason(), set.rules());
  }

  @Test
  void aProposalSurvivesARestart() {
    CoreUnderTest core = CoreUnderTest.serving();
    propose(core, 2);

    core.restart();

    assertThat(core.state().ruleBook().proposal().loosened())
        .containsExactly("spread.limit: 1 to 2");
  }

  private static Step propose(CoreUnderTest core, long version) {
    return core.step(
        new Message.ProposeRules(
            new RuleProposal(
                set(version, "anna"),
                List.of("spread.limit: 1 to 2"),
                core.now().plus(Duration.ofHours(1)))));
  }

  private static RuleSet set(long version, String author) {
    return new RuleSet(version, Samples.NOW, author, "test", Samples.generousRules("GTC"));
  }
}
