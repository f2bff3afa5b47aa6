package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Too many of the last hour's runs failed. For an agent that runs less often, only the last run counts. */
@Singleton
class ErrorRate implements AlertRule.PerAgent {

    private static final int PERCENT = 100;

    private final RunHistory runs;
    private final double most;
    private final RecentRuns recent;

    ErrorRate(RunHistory runs, DrydockConfig config, RecentRuns recent) {
        this.runs = runs;
        this.most = config.alerts().rules().errorRate();
        this.recent = recent;
    }

    @Override
    public String name() {
        return "error-rate";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var share = runs.failuresSince(agent.name(), recent.since(agent.name()));
        if (share.failed() <= share.runs() * most) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: %d of %d runs failed within an hour (%d %%)"
                        .formatted(agent.name(), share.failed(), share.runs(), share.failed() * PERCENT / share.runs()),
                "The next cycle resumes their open entries.",
                "Check `fault` in /api/runs?agent=%s, and the log lines of that run.".formatted(agent.name())));
    }
}
