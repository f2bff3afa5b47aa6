package dev.drydock.alert.rule;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.EntryState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The oldest HELD entry has waited too long for a person. */
@Singleton
class ReviewOld implements AlertRule.PerAgent {

    private final EntryHistory entries;
    private final Duration most;
    private final InstantSource clock;

    ReviewOld(EntryHistory entries, DrydockConfig config, InstantSource clock) {
        this.entries = entries;
        this.most = config.alerts().rules().reviewOld();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "review-old";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        return entries.waiting(agent.name(), EntryState.HELD)
                .filter(waiting -> waiting.since().isBefore(clock.instant().minus(most)))
                .map(waiting -> new Finding(
                        "%s: %d entries wait for a person, the oldest since %s"
                                .formatted(
                                        agent.name(),
                                        waiting.entries(),
                                        waiting.since().truncatedTo(SECONDS)),
                        "HELD entries are not delivered.",
                        "Approve or reject each on the page /review."));
    }
}
