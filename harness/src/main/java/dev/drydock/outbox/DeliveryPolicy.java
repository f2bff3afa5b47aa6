package dev.drydock.outbox;

import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.concurrent.Backoff;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.Delivery.Outcome;
import dev.drydock.journal.DeliveryClaims.Due;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.SettleDeliveries.Settlement;
import dev.drydock.redact.Redactor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt: delivered, retried after a pause, or UNDELIVERABLE until a person decides. */
@Singleton
class DeliveryPolicy {

    private static final String TIMED_OUT = "timed out: deliver took longer than"
            + " quarkus.fault-tolerance.\"dev.drydock.outbox.DeliverAttempt/deliver\".timeout.value permits";

    private final int maxAttempts;
    private final Backoff backoff;
    private final Redactor redactor;
    private final InstantSource clock;

    DeliveryPolicy(DrydockConfig config, Redactor redactor, InstantSource clock) {
        this.maxAttempts = config.outbox().maxAttempts();
        this.backoff = new Backoff(config.outbox().backoff(), config.outbox().maxBackoff());
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Whether an attempt may begin: after the lease, another process may deliver the entry. */
    boolean holds(Instant leaseUntil) {
        return clock.instant().isBefore(leaseUntil);
    }

    /** An attempt that threw nothing is a delivery, with or without a receipt. */
    static Settlement delivered(Due due, @Nullable Receipt receipt) {
        return new Settlement(
                due.entryId(),
                EntryState.DELIVERED,
                Outcome.DELIVERED,
                receipt == null ? null : receipt.reference(),
                null,
                Duration.ZERO);
    }

    /** With at-most-once delivery, a fault that is not a refusal leaves open whether the output arrived: it is not sent again. */
    Settlement failed(Due due, Throwable fault, boolean once) {
        var why = fault instanceof TimeoutException ? TIMED_OUT : redactor.fault(fault);
        if (fault instanceof UndeliverableException) {
            return failed(due, EntryState.UNDELIVERABLE, Outcome.REFUSED, why);
        }
        if (once) {
            return failed(due, EntryState.UNDELIVERABLE, Outcome.UNSURE, "unsure whether it arrived: " + why);
        }
        var next = due.attempt() >= maxAttempts ? EntryState.UNDELIVERABLE : EntryState.PENDING;
        return failed(due, next, Outcome.FAILED, why);
    }

    /** It may have arrived. With at-least-once delivery it is sent again at the next opportunity, with the same key. */
    Settlement interrupted(Due due, boolean once) {
        var next = once ? EntryState.UNDELIVERABLE : EntryState.PENDING;
        return new Settlement(
                due.entryId(), next, Outcome.UNSURE, null, "unsure whether it arrived: interrupted", Duration.ZERO);
    }

    private Settlement failed(Due due, EntryState next, Outcome outcome, String why) {
        return new Settlement(due.entryId(), next, outcome, null, why, backoff.after(due.attempt()));
    }
}
