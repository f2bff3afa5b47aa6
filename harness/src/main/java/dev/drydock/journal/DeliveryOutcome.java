package dev.drydock.journal;

/** How one attempt at a delivery ended. */
public enum DeliveryOutcome {
    /** Under way, or cut short by a crash that nobody has noticed yet. */
    STARTED,

    DELIVERED,

    /** Not taken this time. */
    FAILED,

    /** Never to be taken. */
    REFUSED,

    /** Cut short: it may have arrived or not. */
    UNSURE
}
