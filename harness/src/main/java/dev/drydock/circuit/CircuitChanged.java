package dev.drydock.circuit;

/**
 * A circuit breaker has come into use (closed), has opened or has closed.
 *
 * @param circuit what it protects, for people: {@code model gpt-4.1-mini}
 */
public record CircuitChanged(String circuit, boolean open) {}
