package dev.drydock.judge.replay;

/** What the third lane says of an entry. */
public enum CandidateOutcome {
    /** The same decision. */
    SAME,

    /** A decision with another label. */
    OTHER_LABEL,

    /** The same label, and other fields or tool calls. */
    OTHER_FIELDS,

    /** Decided, where production was not. */
    DECIDED,

    /** Could not be decided. */
    FAILED,

    /** Its question is not on record, and models are not asked. */
    NOT_ASKED
}
