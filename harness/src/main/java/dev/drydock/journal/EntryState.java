package dev.drydock.journal;

import dev.drydock.agent.Mode;
import java.util.EnumSet;
import java.util.Set;

/** The state of an entry between admission and delivery. */
public enum EntryState {
    /** Stored and waiting to be decided. */
    ADMITTED,

    /** Decided. Left in the same statement, for the state of {@link #afterDecision}. */
    DECIDED,

    /** Decided in shadow mode: stored, never delivered. */
    SHADOWED,

    /** Waits for a person: decided in review mode, or about to make a tool call that needs an approval. */
    HELD,

    /** To be delivered. The outbox claims only these. */
    PENDING,

    /** Accepted by the receiver. */
    DELIVERED,

    /** Refused by the receiver, failed too often, or unsure. A person may redeliver or return it. */
    UNDELIVERABLE,

    /** Older than {@code deliver-within} before its target took it. A person may redeliver it. */
    EXPIRED,

    /** Rejected by a person, who may return it; with a flood, also before it was decided. */
    REJECTED,

    /** Failed to be decided in too many cycles, or ended the process too often. A person may return it. */
    POISONED,

    /** Written by a newer release, which was rolled back since. This one leaves it as it is. */
    UNKNOWN;

    /** The state after a decision in this mode: the only branch between shadow, review and live mode. */
    public static EntryState afterDecision(Mode mode) {
        return switch (mode) {
            case SHADOW -> SHADOWED;
            case REVIEW -> HELD;
            case LIVE -> PENDING;
        };
    }

    public boolean mayBecome(EntryState next) {
        return next().contains(next);
    }

    private Set<EntryState> next() {
        return switch (this) {
            case ADMITTED -> EnumSet.of(DECIDED, HELD, POISONED, REJECTED);
            case DECIDED -> EnumSet.of(SHADOWED, HELD, PENDING);
            case HELD -> EnumSet.of(ADMITTED, PENDING, REJECTED);
            case PENDING -> EnumSet.of(DELIVERED, UNDELIVERABLE, EXPIRED, HELD, REJECTED);
            case UNDELIVERABLE -> EnumSet.of(PENDING, HELD);
            case EXPIRED -> EnumSet.of(PENDING);
            case REJECTED -> EnumSet.of(ADMITTED, HELD); // returned, and undone
            case POISONED -> EnumSet.of(ADMITTED);
            case SHADOWED, DELIVERED, UNKNOWN -> EnumSet.noneOf(EntryState.class);
        };
    }
}
