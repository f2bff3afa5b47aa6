package dev.drydock.alert;

import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One thing that may be wrong. A rule that implements only this interface observes events and calls {@link AlertLifecycle}
 * itself.
 */
public interface AlertRule {

    /** In lower case with hyphens. Also the anchor of the rule's paragraph in the runbook. */
    String name();

    /** How soon a person must look at its alerts. */
    Severity severity();

    /** A rule about the state of one agent. */
    interface PerAgent extends AlertRule {

        /**
         * Evaluated once a minute and after cycles, by each process, so it must only read. An exception because the database
         * is unavailable is ignored.
         *
         * @return empty if nothing is wrong, or if there is not enough data
         */
        Optional<Finding> evaluate(RegisteredAgent<?, ?> agent);
    }

    /** A rule about a state that concerns all agents. */
    interface Global extends AlertRule {

        /** As {@link PerAgent#evaluate}, once for all agents. */
        Optional<Finding> evaluate();
    }

    /** A rule about an event that has no end: its alert is resolved when the event has not happened again for a while. */
    interface Expiring extends AlertRule {

        /** How long after the last event the alert is resolved. */
        Duration expiresAfter();
    }

    /**
     * What a rule reports to a person. Contains no secret and no text of an item or answer.
     *
     * @param summary what happened, in one line
     * @param done what Drydock has already done about it
     * @param next which command or page to look at
     */
    record Finding(String summary, String done, String next) {

        String details(Instant since) {
            return "Since %s. %s%nNext: %s".formatted(since.truncatedTo(ChronoUnit.SECONDS), done, next);
        }
    }
}
