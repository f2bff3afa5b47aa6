package dev.drydock.outbox;

import dev.drydock.agent.Receipt;
import dev.drydock.agent.UndeliverableException;
import dev.drydock.concurrent.Backoff;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.OutboxSettings;
import dev.drydock.journal.Delivery.Outcome;
import dev.drydock.journal.DeliveryClaims.Due;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.SettleDeliveries.Settlement;
import dev.drydock.redact.Redactor;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What follows from the end of one attempt: done, again later, or a person's turn. */
@Singleton
class DeliveryPolicy {

    private final OutboxSettings config;
    private final Backoff backoff;
    private final Redactor redactor;

    DeliveryPolicy(DrydockConfig config, Redactor redactor) {
        this.config = config.outbox();
        this.backoff = new Backoff(this.config.backoff(), this.config.maxBackoff());
        this.redactor = redactor;
    }

    /** What has been sent is delivered, with or without a receipt. */
    static Settlement delivered(Due due, @Nullable Receipt receipt) {
        return new Settlement(
                due.entryId(),
                EntryState.DELIVERED,
                Outcome.DELIVERED,
                receipt == null ? null : receipt.reference(),
                null,
                Duration.ZERO);
    }

    /** Where an output may go out once only, a fault that is no refusal leaves it unclear whether it did. */
    Settlement failed(Due due, Throwable fault, boolean once) {
        var why = redactor.fault(fault);
        if (fault instanceof UndeliverableException) {
            return failed(due, EntryState.UNDELIVERABLE, Outcome.REFUSED, why);
        }
        if (once) {
            return failed(due, EntryState.UNDELIVERABLE, Outcome.UNSURE, "unsure whether it arrived: " + why);
        }
        var next = due.attempt() >= config.maxAttempts() ? EntryState.UNDELIVERABLE : EntryState.PENDING;
        return failed(due, next, Outcome.FAILED, why);
    }

    private Settlement failed(Due due, EntryState next, Outcome outcome, String why) {
        return new Settlement(due.entryId(), next, outcome, null, why, backoff.after(due.attempt()));
    }
}
