package dev.signaltoorder.signal;

/**
 * One thing that is wrong with a payload or a configuration.
 *
 * @param field where: the JSON Pointer or the configuration name
 * @param problem what is wrong with the value, without repeating secrets
 * @param allowed what would have been right
 */
public record FieldProblem(String field, String problem, String allowed) {}
