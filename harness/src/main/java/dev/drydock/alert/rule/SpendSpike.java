package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.JournalFigures;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** An agent's model calls cost far more today than on a median day. */
@Singleton
class SpendSpike implements AlertRule.PerAgent {

    private final JournalFigures figures;
    private final BigDecimal factor;
    private final ZoneId zone;
    private final InstantSource clock;

    SpendSpike(JournalFigures figures, DrydockConfig config, InstantSource clock) {
        this.figures = figures;
        this.factor = BigDecimal.valueOf(config.alerts().rules().spendSpike());
        this.zone = config.zone();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "spend-spike";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Not enough data until three of the last 14 days have cost something. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var days = figures.spendByDay(agent.name(), today.minusDays(DailyMedian.DAYS), today, zone);
        var spent = days.remove(today);
        if (spent == null) {
            return Optional.empty();
        }
        return DailyMedian.of(days.values())
                .filter(median -> spent.compareTo(median.multiply(factor)) > 0)
                .map(median -> new Finding(
                        "%s cost %.4f USD today; the median of recent days is %.4f"
                                .formatted(agent.name(), spent, median),
                        "Cycles continue until the budget is spent, if one is set.",
                        "Check costUsd in /api/runs?agent=%s: more entries, longer prompts, or a more expensive model."
                                .formatted(agent.name())));
    }
}
