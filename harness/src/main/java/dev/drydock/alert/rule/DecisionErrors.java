package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Many entries of the latest runs could not be decided, though the runs completed; or all of them, if these are few. */
@Singleton
class DecisionErrors implements AlertRule.PerAgent {

    static final double MOST = 0.1;
    static final int MIN_SAMPLES = 5;

    private static final int PERCENT = 100;

    private final EntryHistory entries;
    private final RecentRuns recent;

    DecisionErrors(EntryHistory entries, RecentRuns recent) {
        this.entries = entries;
        this.recent = recent;
    }

    @Override
    public String name() {
        return "decision-errors";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var share = entries.failuresSince(agent.name(), recent.since(agent.name()));
        var enough = share.failed() >= MIN_SAMPLES || share.failed() == share.entries();
        if (!enough || share.failed() <= share.entries() * MOST) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: %d of %d entries could not be decided within an hour (%d %%)"
                        .formatted(
                                agent.name(),
                                share.failed(),
                                share.entries(),
                                share.failed() * PERCENT / share.entries()),
                "The next runs decide them again; one that fails in too many runs becomes POISONED.",
                "Check `fault` in /api/entries?agent=%s&state=ADMITTED, and the calls of one of them."
                        .formatted(agent.name())));
    }
}
