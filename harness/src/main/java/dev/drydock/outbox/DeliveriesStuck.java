package dev.drydock.outbox;

import java.time.Duration;

/** An agent's deliveries made no progress for too long and are interrupted; if that does not end them, the process exits. */
public record DeliveriesStuck(String agent, Duration limit) {}
