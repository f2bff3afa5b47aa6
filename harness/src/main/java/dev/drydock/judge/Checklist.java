package dev.drydock.judge;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CheckFigures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Answers each line of the production checklist, with evidence. A setting alone is no evidence where behaviour can be seen. */
@Singleton
public class Checklist {

    private static final Duration CALLS = Duration.ofDays(30);

    /**
     * All lines, in the order of the checklist.
     *
     * @param allHold whether there is neither a line that does not hold nor one that was not seen yet
     */
    @RegisterForReflection
    public record Report(Instant at, boolean allHold, long hold, List<ChecklistLine> lines) {}

    private final CheckFigures figures;
    private final InstantSource clock;

    @Inject
    CheckReliability reliability;

    @Inject
    CheckSecurity security;

    @Inject
    CheckMonitoring monitoring;

    @Inject
    CheckObservability observability;

    @Inject
    CheckEvaluation evaluation;

    Checklist(CheckFigures figures, InstantSource clock) {
        this.figures = figures;
        this.clock = clock;
    }

    /** For these agents; what is read of a checkout is read from the working directory. */
    public Report report(Collection<RegisteredAgent<?, ?>> agents) {
        return report(agents, Path.of(""));
    }

    Report report(Collection<RegisteredAgent<?, ?>> agents, Path checkout) {
        var now = clock.instant();
        var names = agents.stream().map(RegisteredAgent::name).collect(Collectors.toSet());
        var seen = figures.seen(names, now.minus(CALLS));
        var lines = new ArrayList<ChecklistLine>();
        lines.addAll(reliability.lines(seen));
        lines.addAll(security.lines());
        lines.addAll(monitoring.lines(agents, now));
        lines.addAll(observability.lines(seen));
        lines.addAll(evaluation.lines(agents, seen.entries(), now, checkout));
        var hold = lines.stream().filter(ChecklistLine::holds).count();
        return new Report(now, hold == lines.size(), hold, List.copyOf(lines));
    }
}
