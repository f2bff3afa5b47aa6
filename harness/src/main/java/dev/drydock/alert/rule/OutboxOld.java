package dev.drydock.alert.rule;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.EntryState;
import dev.drydock.outbox.LimitedDeliveries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The oldest PENDING entry has waited too long for its delivery. */
@Singleton
class OutboxOld implements AlertRule.PerAgent {

    private final EntryHistory entries;
    private final LimitedDeliveries limited;
    private final Duration most;
    private final InstantSource clock;

    OutboxOld(EntryHistory entries, LimitedDeliveries limited, DrydockConfig config, InstantSource clock) {
        this.entries = entries;
        this.limited = limited;
        this.most = config.alerts().rules().outboxOld();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "outbox-old";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        return entries.waiting(agent.name(), EntryState.PENDING)
                .filter(waiting -> waiting.since().isBefore(clock.instant().minus(most)))
                .map(waiting -> new Finding(
                        "%s: %d outputs wait, the oldest since %s"
                                .formatted(
                                        agent.name(),
                                        waiting.entries(),
                                        waiting.since().truncatedTo(SECONDS)),
                        limited.describe(agent)
                                .orElse(
                                        "Deliveries are retried with backoff. While the target's circuit is open, no attempts are counted."),
                        "Check `deliveries` of an entry in /api/entries?agent=%s&state=PENDING, then the receiver."
                                .formatted(agent.name())));
    }
}
