package dev.drydock.journal;

/** Why a cycle was skipped. */
public enum SkipReason {
    SOURCE_DOWN,
    MODEL_DOWN,
    DATABASE_DOWN,
    BUDGET_SPENT,
    ALREADY_RUNNING
}
