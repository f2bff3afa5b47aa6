package dev.drydock.journal;

/** How a cycle ended, or that it has not. */
public enum RunOutcome {
    RUNNING,

    COMPLETED,

    /** Completed, but some entries could not be decided or delivered; they stay open. */
    COMPLETED_WITH_ERRORS,

    /** Completed, but not as its agent expects of a good run; its outputs are held, and the next window covers its own again. */
    HOLLOW,

    /** Not done, or not to the end, for a {@link SkipReason}; the next cycle makes up for it. */
    SKIPPED,

    /** Ended by a fault of the harness or the agent. */
    FAILED,

    /** Made no progress for far too long and was ended. */
    STUCK,

    /** Its process was asked to stop; the next start goes on with it. */
    INTERRUPTED,

    /** Its process died. */
    CRASHED,

    /** Written by a newer release, which was rolled back since. */
    UNKNOWN
}
