package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a loop needs to know of its account.
 *
 * @param account its name
 * @param mode paper, validate or live
 * @param version of the program
 * @param rules the configured rule set: used when none is active yet, or when it changed and no
 *     person has set another
 * @param policy the core's times
 * @param engine judges
 * @param ids makes order ids
 * @param exchange opens the account at Kraken, anew for each term of the loop
 * @param lease its times; the same in all processes
 */
public record AccountSetup(
    String account,
    String mode,
    String version,
    RuleSet rules,
    CorePolicy policy,
    RiskEngine engine,
    Supplier<UUID> ids,
    Supplier<Exchange> exchange,
    LeaseTimes lease) {}
