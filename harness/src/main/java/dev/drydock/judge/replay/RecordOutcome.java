package dev.drydock.judge.replay;

/** What the second lane says of an entry. */
public enum RecordOutcome {
    /** The same questions and the same decision. */
    SAME,

    /** Today's code does something else with the same item and the same answers. */
    DIFFERS,

    /** The prompt has changed, so today's code asks another question; ask it live, or skip the entry. */
    OTHER_QUESTION,

    /** Item or calls were deleted, the model never answered, or the agent no longer exists. */
    NOT_ON_RECORD
}
