package dev.drydock.alert.rule;

import dev.drydock.agent.Mode;
import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.Deadline;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.RunHistory;
import dev.drydock.outbox.LimitedDeliveries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Nothing of the day was delivered by the agent's deadline, or not all, because of the rate limit of its receiver. In shadow mode a
 * decision is enough.
 */
@Singleton
class OutputOverdue implements AlertRule.PerAgent {

    private final EntryHistory entries;
    private final RunHistory runs;
    private final LimitedDeliveries limited;
    private final InstantSource clock;

    OutputOverdue(EntryHistory entries, RunHistory runs, LimitedDeliveries limited, InstantSource clock) {
        this.entries = entries;
        this.runs = runs;
        this.limited = limited;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "output-overdue";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        return agent.settings().deliverBy().flatMap(deadline -> evaluate(agent, deadline));
    }

    /** Deadlines before the agent's first run do not count. */
    private Optional<Finding> evaluate(RegisteredAgent<?, ?> agent, Deadline deadline) {
        var name = agent.name();
        var zone = agent.settings().zone();
        var day = deadline.lastDay(clock.instant(), zone);
        var since = since(agent, deadline.at(day, zone), day.atStartOfDay(zone).toInstant());
        var isOut = agent.settings().mode() == Mode.SHADOW
                ? entries.decidedSince(name, since)
                : entries.deliveredSince(name, since);
        var isNew = runs.firstStart(name)
                .map(first -> first.isAfter(deadline.at(day, zone)))
                .orElse(true);
        if (isNew) {
            return Optional.empty();
        }
        var waiting = limited.describe(agent);
        if (isOut) {
            return waiting.filter(sentence -> entries.pendingSince(name, since, deadline.at(day, zone)) > 0)
                    .map(sentence -> finding(
                            name, "outputs come later than %s on %s".formatted(deadline.time(), day), sentence));
        }
        return Optional.of(finding(
                name,
                "nothing was delivered by %s on %s".formatted(deadline.time(), day),
                waiting.orElse("PENDING entries are retried.")));
    }

    /** An output is of the deadline's day, or of the last cycle before the deadline, if that is due in the evening before. */
    private static Instant since(RegisteredAgent<?, ?> agent, Instant deadline, Instant startOfDay) {
        var settings = agent.settings();
        return settings.schedule()
                .lastUntil(deadline, settings.zone())
                .filter(last -> last.isBefore(startOfDay))
                .orElse(startOfDay);
    }

    private static Finding finding(String agent, String what, String waiting) {
        return new Finding(
                "%s: %s".formatted(agent, what),
                "Cycles continue on schedule. " + waiting,
                "Check /api/runs?agent=%s, then /api/entries?agent=%s. `drydock run %s` starts a cycle now."
                        .formatted(agent, agent, agent));
    }
}
