package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.HeldRuns.HeldRun;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.RunOutcome;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** The last run whose steps were done is HOLLOW, or outputs of one wait for a person. */
@Singleton
class HollowRun implements AlertRule.PerAgent {

    private final RunHistory runs;
    private final HeldRuns heldRuns;

    HollowRun(RunHistory runs, HeldRuns heldRuns) {
        this.runs = runs;
        this.heldRuns = heldRuns;
    }

    @Override
    public String name() {
        return "hollow-run";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var held = heldRuns.waiting(agent.name(), HoldReason.HOLLOW).stream().findFirst();
        return held.map(run -> ofHeld(agent, run))
                .or(() -> runs.lastJudged(agent.name())
                        .filter(run -> run.outcome() == RunOutcome.HOLLOW)
                        .map(run -> ofLast(agent, run)));
    }

    private static Finding ofHeld(RegisteredAgent<?, ?> agent, HeldRun run) {
        return new Finding(
                "%s: %,d outputs of a run are held, because it is not as expected".formatted(agent.name(), run.held()),
                "Nothing of them was delivered. Labels: %s. Samples: %s."
                        .formatted(
                                String.join(", ", run.labels()),
                                run.sample().stream()
                                        .map(entry -> "/api/entries/" + entry)
                                        .collect(Collectors.joining(", "))),
                "`fault` in /api/runs/%1$s says what was expected. Approve or reject all: ./drydock approve %1$s or ./drydock reject %1$s, or on the page."
                        .formatted(run.runId()));
    }

    private static Finding ofLast(RegisteredAgent<?, ?> agent, Run run) {
        return new Finding(
                "%s: a run completed, but not as expected: %s".formatted(agent.name(), run.fault()),
                "The next run covers its window again.",
                "Check what it decided: /api/runs/%s, then the source, the prompt and the model.".formatted(run.id()));
    }
}
