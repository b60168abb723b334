package dev.signaltoorder.journal;

import java.util.UUID;

/**
 * An operator's command on its way to the leader of an account.
 *
 * @param kind its stable name
 * @param body as JSON; the actor is in it
 */
public record WaitingCommand(UUID id, String account, String kind, String body) {}
