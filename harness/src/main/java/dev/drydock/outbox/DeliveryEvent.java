package dev.drydock.outbox;

import java.time.Duration;

/** What goes wrong with deliveries, for observers. */
public sealed interface DeliveryEvent {

    String agent();

    /** An attempt at a delivery came to nothing. Fired in the thread that made it. */
    record Failed(String agent) implements DeliveryEvent {}

    /** Deliveries made no progress for too long and are interrupted; if that does not end them, the process exits. */
    record Stuck(String agent, Duration limit) implements DeliveryEvent {}
}
