package dev.drydock.journal;

import dev.drydock.agent.Mode;
import java.util.EnumSet;
import java.util.Set;

/** Where an entry stands on its way from the inbox to the world. */
public enum EntryState {
    /** Stored and waiting to be decided. */
    ADMITTED,

    /** Decided. Left in the same statement: {@link #afterDecision} says where to. */
    DECIDED,

    /** Decided in shadow mode: stored whole, withheld for good. */
    SHADOWED,

    /** Waits for a person: decided in review mode, or about to make a tool call that needs an approval. */
    HELD,

    /** To be delivered. The outbox claims these, and only these. */
    PENDING,

    DELIVERED,

    /** Refused by the receiver, given up after many attempts, or unsure: a person may send it again. */
    UNDELIVERABLE,

    /** Turned down by a person. */
    REJECTED,

    /** Kept failing to be decided, and was set aside so that it blocks nobody. */
    POISONED;

    /** The one branch between thinking and acting. */
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
            case ADMITTED -> EnumSet.of(DECIDED, HELD, POISONED);
            case DECIDED -> EnumSet.of(SHADOWED, HELD, PENDING);
            case HELD -> EnumSet.of(ADMITTED, PENDING, REJECTED);
            case PENDING -> EnumSet.of(DELIVERED, UNDELIVERABLE);
            case UNDELIVERABLE -> EnumSet.of(PENDING);
            case SHADOWED, DELIVERED, REJECTED, POISONED -> EnumSet.noneOf(EntryState.class);
        };
    }
}
