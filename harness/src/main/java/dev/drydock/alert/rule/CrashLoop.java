package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.JournalFigures;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The process crashed several times in ten minutes during an agent's runs. */
@Singleton
class CrashLoop implements AlertRule.PerAgent {

    /** As many as pause the agent's cycles. */
    private static final int THRESHOLD = 3;

    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final JournalFigures figures;
    private final InstantSource clock;

    CrashLoop(JournalFigures figures, InstantSource clock) {
        this.figures = figures;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "crash-loop";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var crashes =
                figures.crashes(agent.name(), clock.instant().minus(WITHIN)).size();
        if (crashes < THRESHOLD) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s crashed %d times in ten minutes".formatted(agent.name(), crashes),
                "Its cycles wait five minutes after each crash, then resume the open entries.",
                "Check in the platform's log how the process ended: out of memory, exit code 70, a JVM error."));
    }
}
