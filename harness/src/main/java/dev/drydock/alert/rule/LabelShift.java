package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A label's share of the decisions changed by many percentage points from one week to the next. */
@Singleton
class LabelShift implements AlertRule.PerAgent {

    private static final Duration WEEK = Duration.ofDays(7);
    static final long MIN_SAMPLES = 50;
    private static final double PERCENT = 100;

    private record Shift(String label, double before, double now) {

        private double points() {
            return Math.abs(now - before);
        }

        /** Rounded, so that of two labels with equal shifts the one that gained is reported. */
        private long roundedPoints() {
            return Math.round(points());
        }
    }

    private final EntryHistory entries;
    private final int most;
    private final InstantSource clock;

    LabelShift(EntryHistory entries, DrydockConfig config, InstantSource clock) {
        this.entries = entries;
        this.most = config.alerts().rules().labelShift();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "label-shift";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Not enough data until each of the two weeks has fifty decisions. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var now = clock.instant();
        var thisWeek = entries.labels(agent.name(), now.minus(WEEK), now);
        var lastWeek = entries.labels(agent.name(), now.minus(WEEK.multipliedBy(2)), now.minus(WEEK));
        if (sum(thisWeek) < MIN_SAMPLES || sum(lastWeek) < MIN_SAMPLES) {
            return Optional.empty();
        }
        return Stream.of(thisWeek, lastWeek)
                .flatMap(week -> week.keySet().stream())
                .map(label -> new Shift(label, share(lastWeek, label), share(thisWeek, label)))
                .max(Comparator.comparing(Shift::roundedPoints).thenComparing(Shift::now))
                .filter(shift -> shift.points() > most)
                .map(shift -> new Finding(
                        "%s: %.0f %% of the last seven days' decisions are %s; it was %.0f %% in the week before"
                                .formatted(agent.name(), shift.now(), shift.label(), shift.before()),
                        "None; cycles continue.",
                        "Check entries of that label in /api/entries?agent=%s, and what changed: inputs, prompt, model."
                                .formatted(agent.name())));
    }

    private static long sum(Map<String, Long> labels) {
        return labels.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double share(Map<String, Long> labels, String label) {
        return labels.getOrDefault(label, 0L) * PERCENT / sum(labels);
    }
}
