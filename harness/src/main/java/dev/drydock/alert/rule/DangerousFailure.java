package dev.drydock.alert.rule;

import dev.drydock.alert.AlertLifecycle;
import dev.drydock.alert.Finding;
import dev.drydock.alert.PassingRule;
import dev.drydock.journal.Severity;
import dev.drydock.run.RunEvent.DangerousMistake;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The agent made a mistake that its spec calls dangerous. Over when a day has brought no other. */
@Singleton
class DangerousFailure implements PassingRule {

    private final AlertLifecycle book;

    DangerousFailure(AlertLifecycle book) {
        this.book = book;
    }

    @Override
    public String name() {
        return "dangerous-failure";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Duration lasts() {
        return Duration.ofDays(1);
    }

    void seen(@Observes DangerousMistake event) {
        book.raise(
                this,
                event.agent(),
                new Finding(
                        "%s decided %s where %s was right: a dangerous mistake"
                                .formatted(event.agent(), event.given(), event.right()),
                        "Nothing is stopped, and what was delivered is delivered.",
                        "/api/entries/%s, and whether the agent should wait for a person: DRYDOCK_MODE=review."
                                .formatted(event.entryId())));
    }
}
