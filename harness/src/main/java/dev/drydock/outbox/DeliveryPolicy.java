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

    DeliveryPolicy(DrydockConfig config, Redactor redactor) {
        this.maxAttempts = config.outbox().maxAttempts();
        this.backoff = new Backoff(config.outbox().backoff(), config.outbox().maxBackoff());
        this.redactor = redactor;
    }

    /** An attempt that threw nothing is a delivery, with or without a receipt. */
    static Settlement delivered(Due due, @Nullable Receipt receipt) {
        return new Settlement(
                due.entryId(),
                EntryState.DELIVERED,
                Outcome.DELIVERED,
                receipt == null ? null : receipt.reference(),
                null,
                Duration.ZERO,
                true);
    }

    /** With at-most-once delivery, a fault that is not a refusal leaves open whether the output arrived: it is not sent again. */
    Settlement failed(Due due, Throwable fault, boolean once) {
        var why = why(fault);
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
                due.entryId(),
                next,
                Outcome.UNSURE,
                null,
                "unsure whether it arrived: interrupted",
                Duration.ZERO,
                true);
    }

    /** Uses up no attempt of the entry: its target became unavailable, or took no more, while this one was retried. */
    Settlement uncounted(Due due, Throwable fault) {
        return new Settlement(
                due.entryId(),
                EntryState.PENDING,
                Outcome.FAILED,
                null,
                why(fault),
                backoff.after(due.attempt()),
                false);
    }

    private String why(Throwable fault) {
        return fault instanceof TimeoutException ? TIMED_OUT : redactor.fault(fault);
    }

    private Settlement failed(Due due, EntryState next, Outcome outcome, String why) {
        return new Settlement(due.entryId(), next, outcome, null, why, backoff.after(due.attempt()), true);
    }
}
