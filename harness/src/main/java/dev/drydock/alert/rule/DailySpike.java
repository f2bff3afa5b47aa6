package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallHistory;
import dev.drydock.journal.JournalFigures;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's model calls take far more today than on the median day of the last two weeks. Not enough data until three of these days
 * took something.
 */
abstract class DailySpike implements AlertRule.PerAgent {

    private static final int DAYS = 14;
    private static final int MIN_SAMPLES = 3;

    private final BigDecimal factor;
    private final ZoneId zone;
    private final InstantSource clock;

    private DailySpike(DrydockConfig config, InstantSource clock) {
        this.factor = BigDecimal.valueOf(config.alerts().rules().spendSpike());
        this.zone = config.zone();
        this.clock = clock;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var days = new HashMap<>(days(agent.name(), today.minusDays(DAYS), today, zone));
        var spent = days.remove(today);
        return spent == null
                ? Optional.empty()
                : median(days.values())
                        .filter(median -> spent.compareTo(median.multiply(factor)) > 0)
                        .map(median -> finding(agent.name(), spent, median));
    }

    /** What the days took, without those that took nothing. */
    abstract Map<LocalDate, BigDecimal> days(String agent, LocalDate first, LocalDate last, ZoneId zone);

    abstract Finding finding(String agent, BigDecimal today, BigDecimal median);

    private static Optional<BigDecimal> median(Collection<BigDecimal> days) {
        if (days.size() < MIN_SAMPLES) {
            return Optional.empty();
        }
        var sorted = days.stream().sorted().toList();
        var middle = sorted.get((days.size() - 1) / 2).add(sorted.get(days.size() / 2));
        return Optional.of(middle.divide(BigDecimal.valueOf(2)));
    }

    /** They cost far more. */
    @Singleton
    static final class OfSpend extends DailySpike {

        private final JournalFigures figures;

        OfSpend(JournalFigures figures, DrydockConfig config, InstantSource clock) {
            super(config, clock);
            this.figures = figures;
        }

        @Override
        public String name() {
            return "spend-spike";
        }

        @Override
        Map<LocalDate, BigDecimal> days(String agent, LocalDate first, LocalDate last, ZoneId zone) {
            return figures.spendByDay(agent, first, last, zone);
        }

        @Override
        Finding finding(String agent, BigDecimal today, BigDecimal median) {
            return new Finding(
                    "%s cost %.4f USD today; the median of recent days is %.4f".formatted(agent, today, median),
                    "Cycles continue until the budget is spent, if one is set.",
                    "Check costUsd in /api/runs?agent=%s: more entries, longer prompts, or a more expensive model."
                            .formatted(agent));
        }
    }

    /** They use far more tokens. Works for models without a price. */
    @Singleton
    static final class OfTokens extends DailySpike {

        private final CallHistory calls;

        OfTokens(CallHistory calls, DrydockConfig config, InstantSource clock) {
            super(config, clock);
            this.calls = calls;
        }

        @Override
        public String name() {
            return "token-spike";
        }

        @Override
        Map<LocalDate, BigDecimal> days(String agent, LocalDate first, LocalDate last, ZoneId zone) {
            var days = new HashMap<LocalDate, BigDecimal>();
            calls.tokensByDay(agent, first, last, zone)
                    .forEach((day, tokens) -> days.put(day, BigDecimal.valueOf(tokens)));
            return days;
        }

        @Override
        Finding finding(String agent, BigDecimal today, BigDecimal median) {
            return new Finding(
                    "%s used %.0f tokens today; the median of recent days is %.0f".formatted(agent, today, median),
                    "Cycles continue until the budget is spent, if one is set.",
                    "Check tokensIn and tokensOut in /api/runs?agent=%s: more entries, or longer prompts."
                            .formatted(agent));
        }
    }
}
