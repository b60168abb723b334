package dev.signaltoorder.trading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The core's times.
 *
 * @param orderDeadline how long after its approval Kraken may still accept an order; Kraken allows
 *     2 s to 60 s
 * @param sendWithin an order that could not be sent this long after its approval is not sent at all
 * @param decideWithin how long a signal may wait for a fresh price or balance before it is judged
 *     without
 * @param freshFor a snapshot younger than this is used at once; an older one is refreshed first
 * @param lookUpEvery pause between two look-ups of an order in doubt; twice this must be at least
 *     the deadline, so that even a clock that jumped ahead leaves the deadline behind it before
 *     silence is believed
 * @param silenceFinalAfter only look-ups made this long after the deadline can prove that no order
 *     exists
 * @param agreeingLookUps how many clean look-ups after the deadline must agree
 * @param quarantineAfter an order still in doubt this long after its deadline needs a person
 * @param followEvery longest pause between two questions about open orders
 * @param balancesEvery longest pause between two reads of the balances
 * @param watchAfter when, after it was presumed absent, Kraken is asked about an order again; never
 *     empty, rising
 * @param parking what becomes of signals that Kraken cannot take now
 * @param protection how positions are protected
 * @param conditions when markets are thin or spike, and what follows
 * @param longestSilence source to the time after which its silence alarms
 * @param deadMansSwitch after so long without hearing from us Kraken cancels all orders; null:
 *     never
 * @param balances how old the balances may be that an entry is judged with
 * @param acts what waits for a second operator
 */
public record CorePolicy(
    Duration orderDeadline,
    Duration sendWithin,
    Duration decideWithin,
    Duration freshFor,
    Duration lookUpEvery,
    Duration silenceFinalAfter,
    int agreeingLookUps,
    Duration quarantineAfter,
    Duration followEvery,
    Duration balancesEvery,
    List<Duration> watchAfter,
    Parking parking,
    Map<String, Duration> longestSilence,
    ProtectionPolicy protection,
    ConditionPolicy conditions,
    @Nullable Duration deadMansSwitch,
    BalancesPolicy balances,
    ActConfirmation acts) {

  public CorePolicy {
    watchAfter = List.copyOf(watchAfter);
    longestSilence = Map.copyOf(longestSilence);
  }

  /**
   * No source has to send, protection is the standard one, every market is NORMAL, and balances may
   * be of any age.
   */
  public CorePolicy(
      Duration orderDeadline,
      Duration sendWithin,
      Duration decideWithin,
      Duration freshFor,
      Duration lookUpEvery,
      Duration silenceFinalAfter,
      int agreeingLookUps,
      Duration quarantineAfter,
      Duration followEvery,
      Duration balancesEvery,
      List<Duration> watchAfter,
      Parking parking) {
    this(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        Map.of(),
        ProtectionPolicy.STANDARD,
        ConditionPolicy.OFF,
        null,
        BalancesPolicy.ANY_AGE,
        ActConfirmation.NONE);
  }

  /** The same, where these sources should send. */
  public CorePolicy expecting(Map<String, Duration> sources) {
    return new CorePolicy(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        sources,
        protection,
        conditions,
        deadMansSwitch,
        balances,
        acts);
  }

  /** The same with another protection. */
  public CorePolicy with(ProtectionPolicy other) {
    return new CorePolicy(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        longestSilence,
        other,
        conditions,
        deadMansSwitch,
        balances,
        acts);
  }

  /** The same with other conditions. */
  public CorePolicy with(ConditionPolicy other) {
    return new CorePolicy(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        longestSilence,
        protection,
        other,
        deadMansSwitch,
        balances,
        acts);
  }

  /** The same with Kraken's dead man's switch; null: without. */
  public CorePolicy withDeadMansSwitch(@Nullable Duration timeout) {
    return new CorePolicy(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        longestSilence,
        protection,
        conditions,
        timeout,
        balances,
        acts);
  }

  /** The same with other ages of balances. */
  public CorePolicy with(BalancesPolicy other) {
    return new CorePolicy(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        longestSilence,
        protection,
        conditions,
        deadMansSwitch,
        other,
        acts);
  }

  /** The same with other acts that wait for a second operator. */
  public CorePolicy with(ActConfirmation other) {
    return new CorePolicy(
        orderDeadline,
        sendWithin,
        decideWithin,
        freshFor,
        lookUpEvery,
        silenceFinalAfter,
        agreeingLookUps,
        quarantineAfter,
        followEvery,
        balancesEvery,
        watchAfter,
        parking,
        longestSilence,
        protection,
        conditions,
        deadMansSwitch,
        balances,
        other);
  }

  /**
   * Attempts, over all processes, after which an order that could not be settled needs a person: as
   * many as one process would make until {@code quarantineAfter}, and some more.
   */
  int mostTries() {
    return (int) quarantineAfter.dividedBy(lookUpEvery) + 10;
  }

  /** The defaults. */
  public static CorePolicy standard() {
    return new CorePolicy(
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        3,
        Duration.ofMinutes(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(60)),
        Parking.NONE);
  }
}
