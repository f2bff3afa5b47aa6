package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.EntryState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Entries became POISONED or UNDELIVERABLE within the last day. */
@Singleton
class PoisonedEntries implements AlertRule.PerAgent {

    private static final Duration WITHIN = Duration.ofDays(1);

    private final EntryHistory entries;
    private final InstantSource clock;

    PoisonedEntries(EntryHistory entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "poisoned-entries";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var since = clock.instant().minus(WITHIN);
        var poisoned = entries.setAside(agent.name(), EntryState.POISONED, since);
        var undeliverable = entries.setAside(agent.name(), EntryState.UNDELIVERABLE, since);
        if (poisoned + undeliverable == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: within a day, %d entries were POISONED and %d UNDELIVERABLE"
                        .formatted(agent.name(), poisoned, undeliverable),
                "They are not retried, so that other entries continue.",
                "Check `fault` in /api/entries?agent=%s&state=POISONED and &state=UNDELIVERABLE, then return them: ./drydock retry %s"
                        .formatted(agent.name(), agent.name())));
    }
}
