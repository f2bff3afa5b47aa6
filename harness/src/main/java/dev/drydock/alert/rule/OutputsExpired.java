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

/** Outputs became EXPIRED within the last day: they were older than {@code deliver-within} before their target took them. */
@Singleton
class OutputsExpired implements AlertRule.PerAgent {

    private static final Duration WITHIN = Duration.ofDays(1);

    private final EntryHistory entries;
    private final InstantSource clock;

    OutputsExpired(EntryHistory entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "outputs-expired";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var expired = entries.setAside(
                agent.name(), EntryState.EXPIRED, clock.instant().minus(WITHIN));
        if (expired == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: within a day, %d outputs EXPIRED".formatted(agent.name(), expired),
                "They were not delivered within drydock.agents.%s.deliver-within, and are not sent any more."
                        .formatted(agent.name()),
                "Check the receiver, then /api/entries?agent=%s&state=EXPIRED; redeliver what is still of use."
                        .formatted(agent.name())));
    }
}
