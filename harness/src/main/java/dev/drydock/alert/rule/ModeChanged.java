package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/** The agent's next run will be in another mode than its last one. Over when a run in the new mode has ended. */
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
                        "%s goes from %s to %s mode".formatted(agent.name(), last, mode),
                        "What was decided before stays as it was decided.",
                        "DRYDOCK_MODE and DRYDOCK_AGENTS_%s_MODE, if nobody meant to change it."
                                .formatted(agent.name().toUpperCase(Locale.ROOT))));
    }
}
