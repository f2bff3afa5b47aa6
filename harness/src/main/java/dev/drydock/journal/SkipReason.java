package dev.drydock.journal;

/** Why a cycle was skipped, or completed without all of its entries or deliveries. */
public enum SkipReason {
    SOURCE_DOWN,
    MODEL_DOWN,
    /** The model server refuses what every request has in common: its key, its model, a parameter. */
    MODEL_REFUSES,
    /** The account at the model server is empty. */
    QUOTA,
    /** The cycle completed; entries wait for the next one, because the model server limits the rate of calls. */
    RATE_LIMITED,
    /** The cycle completed; it was the agent's first, and left older entries until their owner wants them decided. */
    FIRST_RUN,
    /** The cycle completed; it would have delivered far more than usual, and delivered nothing of it. */
    FLOOD,
    DATABASE_DOWN,
    BUDGET_SPENT,
    ALREADY_RUNNING,
    /** It has crashed several times in a row, and waits a little before it tries again. */
    CRASH_LOOPING,
    /** Written by a newer release, which was rolled back since. */
    UNKNOWN
}
