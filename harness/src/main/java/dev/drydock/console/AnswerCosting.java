package dev.drydock.console;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.AgentStatus.Answer;
import dev.drydock.console.AgentStatus.Costing;
import dev.drydock.journal.JournalFigures;
import dev.drydock.journal.RunHistory;
import dev.drydock.journal.StatusFigures;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an agent costs today, beside what it usually does and what it may. */
@Singleton
class AnswerCosting {

    static final int DAYS = 30;

    private static final int MODELS = 5;
    private static final int SCALE = 6;
    private static final BigDecimal NEARLY = new BigDecimal("0.8");
    private static final BigDecimal UNUSUAL = BigDecimal.valueOf(2);
    private static final BigDecimal NOTHING = new BigDecimal("0.01");

    private final StatusFigures figures;
    private final JournalFigures calls;
    private final RunHistory history;
    private final DrydockConfig config;

    AnswerCosting(StatusFigures figures, JournalFigures calls, RunHistory history, DrydockConfig config) {
        this.figures = figures;
        this.calls = calls;
        this.history = history;
        this.config = config;
    }

    Costing answer(RegisteredAgent<?, ?> agent, Instant now) {
        var name = agent.name();
        var zone = config.zone();
        var today = LocalDate.ofInstant(now, zone);
        var first = today.minusDays(DAYS - 1L);
        var days = new TreeMap<>(figures.spendByDay(name, first, today.minusDays(1), zone));
        var before = history.firstStart(name)
                .map(start -> ChronoUnit.DAYS.between(LocalDate.ofInstant(start, zone), today))
                .map(age -> Math.min(age, DAYS - 1L))
                .orElse(0L);
        var usual = before == 0
                ? null
                : days.values().stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(before), SCALE, RoundingMode.HALF_UP);
        var spent = calls.spendByDay(name, today, today, zone).getOrDefault(today, BigDecimal.ZERO);
        days.put(today, spent);
        var budget =
                agent.settings().budgetDailyUsd().or(config.budget()::dailyUsd).orElse(null);
        var models = figures.spendByModel(name, first.atStartOfDay(zone).toInstant(), MODELS);
        return new Costing(answer(spent, budget, usual), spent, budget, usual, days, models);
    }

    private static Answer answer(BigDecimal spent, @Nullable BigDecimal budget, @Nullable BigDecimal usual) {
        if (budget != null && spent.compareTo(budget) >= 0) {
            return new Answer(
                    Tone.BAD, "BUDGET SPENT", "The budget of the day is spent; model calls wait for tomorrow.");
        }
        if (budget != null && spent.compareTo(budget.multiply(NEARLY)) >= 0) {
            return new Answer(Tone.WARN, "NEARLY SPENT", "Most of the day's budget is spent.");
        }
        if (usual != null && spent.compareTo(NOTHING) > 0 && spent.compareTo(usual.multiply(UNUSUAL)) > 0) {
            return new Answer(Tone.WARN, "MORE THAN USUAL", "Today costs more than twice as much as a usual day.");
        }
        return budget == null
                ? new Answer(Tone.NEUTRAL, "NO BUDGET", "No budget is set (DRYDOCK_BUDGET_DAILY_USD).")
                : new Answer(Tone.GOOD, "IN BUDGET", "Today is within its budget.");
    }
}
