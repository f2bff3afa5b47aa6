package dev.drydock.config;

/** What becomes of an agent that goes live while lines of the production checklist do not hold. */
public enum LiveGate {
    /** The lines are logged. */
    WARN,

    /** The process does not start. An agent that was live before is only warned of. */
    ENFORCE
}
