package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.SkipReason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** In several cycles in a row, the model's rate limit left more than half of the entries to the next one. */
@Singleton
class RateLimited implements AlertRule.PerAgent {

    private static final int RUNS = 3;

    private final RunHistory runs;

    RateLimited(RunHistory runs) {
        this.runs = runs;
    }

    @Override
    public String name() {
        return "rate-limited";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var latest = runs.latest(agent.name(), RUNS);
        if (latest.size() < RUNS || !latest.stream().allMatch(RateLimited::leftMostEntries)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: in the last %d runs, most entries wait for the model's rate limit".formatted(agent.name(), RUNS),
                arithmetic(agent, latest.get(0)),
                "Ask the provider for a higher limit, name a cheaper model with a limit of its own"
                        + " (DRYDOCK_MODEL_CHEAP), or widen the schedule (DRYDOCK_SCHEDULE)."));
    }

    private static boolean leftMostEntries(Run run) {
        return run.skipReason() == SkipReason.RATE_LIMITED
                && run.counts().waiting() > run.counts().decided();
    }

    private static String arithmetic(RegisteredAgent<?, ?> agent, Run run) {
        var entries = run.counts().decided() + run.counts().waiting();
        var taken = run.finishedAt() == null ? Duration.ZERO : Duration.between(run.startedAt(), run.finishedAt());
        if (run.counts().decided() == 0 || taken.isZero()) {
            return "The last one decided none of %,d.".formatted(entries);
        }
        var need = taken.multipliedBy(entries).dividedBy(run.counts().decided());
        var perMinute = run.counts().decided() * 60.0 / Math.max(1, taken.toSeconds());
        return "%,d entries at %.0f a minute need %s%s."
                .formatted(
                        entries,
                        perMinute,
                        inWords(need),
                        given(agent, run)
                                .map("; the schedule gives %s"::formatted)
                                .orElse(""));
    }

    private static Optional<String> given(RegisteredAgent<?, ?> agent, Run run) {
        var settings = agent.settings();
        return settings.schedule()
                .nextAfter(run.startedAt(), settings.zone())
                .flatMap(next -> settings.schedule()
                        .nextAfter(next, settings.zone())
                        .map(after -> inWords(Duration.between(next, after))));
    }

    private static String inWords(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0
                ? time.toSeconds() + " seconds"
                : time.plusSeconds(30).toMinutes() + " minutes";
    }
}
