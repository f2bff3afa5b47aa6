package dev.drydock.notify;

/** How soon a person must look at an alert. */
public enum Severity {
    /** When there is time: nothing is lost by waiting until the morning. */
    WARNING,

    /** Now: work is not being done, or money is being lost. */
    CRITICAL
}
