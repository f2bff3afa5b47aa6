package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The agent has run for a day and has never fetched an item: nothing is usual yet that {@link InputsGone} could compare with. */
@Singleton
class NeverFetched implements AlertRule.PerAgent {

    static final Duration LONGEST = Duration.ofDays(1);

    private final RunHistory runs;
    private final EntryHistory entries;
    private final InstantSource clock;

    NeverFetched(RunHistory runs, EntryHistory entries, InstantSource clock) {
        this.runs = runs;
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "never-fetched";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Runs that failed or were skipped have alerts of their own. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var name = agent.name();
        var longAgo = clock.instant().minus(LONGEST);
        return runs.firstStart(name)
                .filter(first -> !first.isAfter(longAgo))
                .filter(first -> runs.lastJudged(name).isPresent() && !entries.exist(name))
                .map(first -> new Finding(
                        "%s: no cycle has fetched an item since the first one, at %s".formatted(name, first),
                        "None; the cycles count as completed.",
                        "Check that the source has items and the agent may read them: folders, filters, permissions."));
    }
}
