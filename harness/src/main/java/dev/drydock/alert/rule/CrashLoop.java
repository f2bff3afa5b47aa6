package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.JournalFigures;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The process dies again and again in an agent's runs. */
@Singleton
class CrashLoop implements AlertRule.PerAgent {

    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final JournalFigures figures;
    private final int telling;
    private final InstantSource clock;

    CrashLoop(JournalFigures figures, DrydockConfig config, InstantSource clock) {
        this.figures = figures;
        this.telling = config.alerts().rules().crashLoop();
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
        if (crashes < telling) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s has crashed %d times in ten minutes".formatted(agent.name(), crashes),
                "Its cycles wait for five minutes after each crash; what they left open is taken up again.",
                "the platform's log of how the process ended: killed for its memory, exit 70, a fault of the JVM?"));
    }
}
