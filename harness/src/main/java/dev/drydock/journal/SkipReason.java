package dev.drydock.journal;

/** Why a cycle was skipped. */
public enum SkipReason {
    SOURCE_DOWN,
    MODEL_DOWN,
    /** The model server refuses what every request has in common: its key, its model, a parameter. */
    MODEL_REFUSES,
    /** The account at the model server is empty. */
    QUOTA,
    DATABASE_DOWN,
    BUDGET_SPENT,
    ALREADY_RUNNING,
    /** It has crashed several times in a row, and waits a little before it tries again. */
    CRASH_LOOPING
}
