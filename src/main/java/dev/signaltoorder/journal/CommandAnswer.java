package dev.signaltoorder.journal;

import java.util.UUID;

/**
 * What became of a command.
 *
 * @param done true when it took effect
 */
public record CommandAnswer(UUID id, boolean done, String text) {}
