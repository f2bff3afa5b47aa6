package dev.drydock.model;

/**
 * A circuit breaker has opened or closed.
 *
 * @param circuit what it protects, for people: {@code model gpt-4.1-mini}
 */
public record CircuitChanged(String circuit, boolean open) {}
