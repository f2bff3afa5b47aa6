package dev.drydock.watch;

import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.SpendLedger;
import dev.drydock.trace.TraceExport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gauges of the journal, read when metrics are scraped. Without a value while the database is unavailable. */
@Singleton
class JournalGauges {

    private static final int MILLIS = 1000;

    /** Rules about what Prometheus cannot compute itself. */
    private static final List<String> JOURNAL_RULES = List.of("accuracy-declined", "dangerous-failure", "inputs-gone");

    private final MeterRegistry registry;
    private final JournalSnapshot journal;
    private final Agents agents;
    private final DrydockConfig config;
    private final TraceExport traces;
    private final InstantSource clock;

    JournalGauges(
            MeterRegistry registry,
            JournalSnapshot journal,
            Agents agents,
            DrydockConfig config,
            TraceExport traces,
            InstantSource clock) {
        this.registry = registry;
        this.journal = journal;
        this.agents = agents;
        this.config = config;
        this.traces = traces;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        agents.all().forEach(this::showAgent);
        config.budget().dailyUsd().ifPresent(limit -> showBudget(SpendLedger.ALL, "all", limit));
        for (var backend : traces.dropped().keySet()) {
            FunctionCounter.builder(
                            "drydock.spans.dropped",
                            traces,
                            all -> all.dropped().get(backend))
                    .tag("backend", backend)
                    .register(registry);
        }
    }

    private void showAgent(RegisteredAgent<?, ?> agent) {
        var name = agent.name();
        for (var state : EntryState.values()) {
            if (state != EntryState.DECIDED) { // left in the statement that enters it
                gauge("drydock.entries", () -> journal.entries(name, state))
                        .tag("agent", name)
                        .tag("state", state.name())
                        .register(registry);
            }
        }
        for (var reason : HoldReason.values()) {
            gauge("drydock.entries.held", () -> journal.held(name, reason))
                    .tag("agent", name)
                    .tag("reason", reason.name())
                    .register(registry);
        }
        for (var rule : JOURNAL_RULES) {
            gauge("drydock.alert.open", () -> journal.isAlertOpen(name, rule) ? 1 : 0)
                    .tag("agent", name)
                    .tag("rule", rule)
                    .register(registry);
        }
        gauge(
                        "drydock.outbox.oldest.seconds",
                        () -> journal.oldestPending(name)
                                .map(since -> seconds(Duration.between(since, clock.instant())))
                                .orElse(0.0))
                .tag("agent", name)
                .register(registry);
        gauge(
                        "drydock.last.completed.timestamp.seconds",
                        () -> journal.lastCompleted(name)
                                .map(at -> at.toEpochMilli() / 1000.0)
                                .orElse(Double.NaN))
                .tag("agent", name)
                .register(registry);
        if (!(agent.settings().schedule() instanceof Schedule.Off)) {
            gauge(
                            "drydock.interval.seconds",
                            () -> interval(agent).map(JournalGauges::seconds).orElse(Double.NaN))
                    .tag("agent", name)
                    .register(registry);
        }
        agent.settings().budgetDailyUsd().ifPresent(limit -> showBudget(name, name, limit));
    }

    /** Between the next two cycles; it differs with weekdays, so it is asked for each time. */
    private Optional<Duration> interval(RegisteredAgent<?, ?> agent) {
        var settings = agent.settings();
        return settings.schedule()
                .nextAfter(clock.instant(), settings.zone())
                .flatMap(next -> settings.schedule()
                        .nextAfter(next, settings.zone())
                        .map(after -> Duration.between(next, after)));
    }

    private void showBudget(String scope, String label, BigDecimal limit) {
        gauge("drydock.budget.usd", limit::doubleValue).tag("scope", label).register(registry);
        gauge("drydock.budget.left.usd", () -> limit.doubleValue() - journal.spentUsd(scope))
                .tag("scope", label)
                .register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<Number> value) {
        return Gauge.builder(name, value).strongReference(true);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / (double) MILLIS;
    }
}
