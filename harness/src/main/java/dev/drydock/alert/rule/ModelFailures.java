package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallHistory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Many model calls in a row failed. */
@Singleton
class ModelFailures implements AlertRule.PerAgent {

    private final CallHistory calls;
    private final int threshold;

    ModelFailures(CallHistory calls, DrydockConfig config) {
        this.calls = calls;
        this.threshold = config.alerts().rules().modelFailures();
    }

    @Override
    public String name() {
        return "model-failures";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        if (calls.failuresInARow(agent.name(), threshold) < threshold) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: the last %d model calls failed".formatted(agent.name(), threshold),
                "They were retried. The model's circuit breaker pauses calls, and entries wait.",
                "Check `fault` of `calls` in /api/runs/{id}, and the provider's status page."));
    }
}
