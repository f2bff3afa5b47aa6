package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/** The agent's mode differs from that of its last run. Resolved when a run in the new mode has ended. */
@Singleton
class ModeChanged implements AlertRule.PerAgent {

    private final RunHistory runs;

    ModeChanged(RunHistory runs) {
        this.runs = runs;
    }

    @Override
    public String name() {
        return "mode-changed";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var mode = agent.settings().mode();
        return runs.lastMode(agent.name())
                .filter(last -> last != mode)
                .map(last -> new Finding(
                        "%s changes from %s to %s mode".formatted(agent.name(), last, mode),
                        "Decisions keep their state; what was decided live and not delivered is HELD, unless the mode is live.",
                        "If this is not intended, check DRYDOCK_MODE and DRYDOCK_AGENTS_%s_MODE."
                                .formatted(agent.name().toUpperCase(Locale.ROOT))));
    }
}
