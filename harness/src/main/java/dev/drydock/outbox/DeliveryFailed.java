package dev.drydock.outbox;

/** An attempt at a delivery came to nothing. Fired in the thread that made it. */
public record DeliveryFailed(String agent) {}
