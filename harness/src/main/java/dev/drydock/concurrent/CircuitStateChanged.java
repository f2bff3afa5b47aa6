package dev.drydock.concurrent;

/**
 * A circuit breaker has come into use (closed), has opened or has closed.
 *
 * @param circuit what it protects, for people: {@code model gpt-4.1-mini}
 */
public record CircuitStateChanged(String circuit, boolean open) {}
