package dev.signaltoorder.journal;

import java.util.UUID;

/**
 * The right to write one account's journal.
 *
 * @param account the account
 * @param holder the process that holds it
 * @param fencing rises by one whenever the lease changes hands; every append names it
 * @param journalSize facts in the journal when the lease was taken
 */
public record Lease(String account, UUID holder, long fencing, long journalSize) {}
