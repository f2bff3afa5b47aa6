package dev.drydock.journal;

/** Why an entry is HELD. */
public enum HoldReason {
    /** Review mode: a person approves each decision. */
    REVIEW,

    /** Tool calls wait for an approval. Once they are approved, they are made, and the entry is decided again. */
    APPROVAL,

    /** A tool call was begun, and it is not known whether it was made. A person has it made again, or marks it as made. */
    UNSURE,

    /** The decision claims what no tool call did. It cannot be approved. */
    CLAIM,

    /** Its run would have delivered far more than usual: a person approves or rejects all of its outputs at once. */
    FLOOD,

    /**
     * Its run is not judged yet by what its agent expects of a good run, or breaks it: then a person approves or rejects all of the
     * run's outputs at once.
     */
    HOLLOW,

    /** Decided live with a label that is not live: {@code drydock.agents.NAME.live-labels}. */
    LABEL,

    /** Decided live, and not delivered before its agent left live mode. */
    BRAKE,

    /** Written by a newer release, which was rolled back since. A person may approve or reject it. */
    UNKNOWN
}
