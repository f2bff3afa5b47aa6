package dev.drydock.alert;

import dev.drydock.journal.Severity;

/** What may be wrong, and how bad that is. */
public interface Rule {

    /** In lower case with hyphens; also the anchor of its paragraph in the runbook. */
    String name();

    Severity severity();
}
