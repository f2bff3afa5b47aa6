package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeferredEntries;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.SkipReason;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The agent's first run left entries, until their owner wants them decided. */
@Singleton
class FirstRun implements AlertRule.PerAgent {

    private final DeferredEntries deferred;
    private final RunHistory runs;

    FirstRun(DeferredEntries deferred, RunHistory runs) {
        this.deferred = deferred;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "first-run";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var waiting = deferred.count(agent.name());
        if (waiting == 0) {
            return Optional.empty();
        }
        var figures = runs.lastWith(agent.name(), SkipReason.FIRST_RUN).map(Run::fault);
        return Optional.of(new Finding(
                "%s: %s"
                        .formatted(
                                agent.name(),
                                figures.orElse("%,d entries of before the first run wait".formatted(waiting))),
                "New items are decided as usual; nothing is lost.",
                "Decide the older entries with ./drydock run %s --all or DRYDOCK_FIRST_RUN=all, or leave them."
                        .formatted(agent.name())));
    }
}
