package dev.drydock.alert.rule;

import static java.util.stream.Collectors.joining;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Several cycles in a row were skipped. An empty account alerts at once: it does not recover by itself. */
@Singleton
class SkippedCycles implements AlertRule.PerAgent {

    private final RunHistory runs;
    private final int threshold;

    SkippedCycles(RunHistory runs, DrydockConfig config) {
        this.runs = runs;
        this.threshold = config.alerts().rules().skippedCycles();
    }

    @Override
    public String name() {
        return "skipped-cycles";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var latest = runs.latest(agent.name(), threshold);
        var empty = latest.stream().limit(1).anyMatch(run -> isSkipped(run) && run.skipReason() == SkipReason.QUOTA);
        if (empty) {
            return Optional.of(new Finding(
                    "%s: the account at the model server is empty".formatted(agent.name()),
                    "Cycles are skipped until calls are paid again. No attempt is counted against an entry.",
                    "Raise the account's limit. `fault` in /api/runs?agent=%s has the server's sentence."
                            .formatted(agent.name())));
        }
        if (latest.size() < threshold || !latest.stream().allMatch(SkippedCycles::isSkipped)) {
            return Optional.empty();
        }
        var reasons = latest.stream()
                .map(run -> String.valueOf(run.skipReason()))
                .distinct()
                .collect(joining(", "));
        return Optional.of(new Finding(
                "%s: the last %d cycles were skipped: %s".formatted(agent.name(), threshold, reasons),
                "No attempt is counted against an entry. The next successful cycle covers the gap.",
                "Check `fault` in /api/runs?agent=%s, then the source, model or budget that it names."
                        .formatted(agent.name())));
    }

    /** Crash loops have their own rule. */
    private static boolean isSkipped(Run run) {
        return run.outcome() == RunOutcome.SKIPPED && run.skipReason() != SkipReason.CRASH_LOOPING;
    }
}
