package dev.signaltoorder.trading;

/**
 * The answer to an operator's command.
 *
 * @param done true when it took effect, and is recorded
 * @param text what happened, or why it did not
 */
public record CommandResult(boolean done, String text) {}
