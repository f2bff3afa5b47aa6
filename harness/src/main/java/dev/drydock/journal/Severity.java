package dev.drydock.journal;

import dev.drydock.config.AlertSettings;

/** How soon a person must look at an alert. */
public enum Severity {
    /** When there is time: nothing is lost by waiting until the morning. */
    WARNING,

    /** Now: work is not being done, or money is being lost. */
    CRITICAL;

    /** Whether a channel that takes this least severity takes alerts of this one. */
    public boolean reaches(AlertSettings.Least least) {
        return this == CRITICAL || least == AlertSettings.Least.WARNING;
    }
}
