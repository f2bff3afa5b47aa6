package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.SpendLedger;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Most of a daily budget is spent: that of one agent, or that of all. */
abstract class BudgetNearlySpent implements AlertRule {

    private static final int PERCENT = 100;

    private final SpendLedger ledger;
    private final BigDecimal thresholdPercent;
    private final ZoneId zone;
    private final InstantSource clock;

    private BudgetNearlySpent(SpendLedger ledger, DrydockConfig config, InstantSource clock) {
        this.ledger = ledger;
        this.thresholdPercent = BigDecimal.valueOf(config.alerts().rules().budgetNearlySpent());
        this.zone = config.zone();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "budget-nearly-spent";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    Optional<Finding> evaluate(String scope, BigDecimal limit) {
        return ledger.day(scope, LocalDate.ofInstant(clock.instant(), zone))
                .map(day -> day.spentUsd())
                .filter(spent ->
                        spent.multiply(BigDecimal.valueOf(PERCENT)).compareTo(limit.multiply(thresholdPercent)) >= 0)
                .map(spent -> new Finding(
                        "%.4f of %s USD of today's budget for %s are spent"
                                .formatted(spent, limit.toPlainString(), scope.isEmpty() ? "all agents" : scope),
                        "When the budget is spent, cycles are SKIPPED(BUDGET_SPENT) until tomorrow.",
                        "Check costUsd in /api/runs; raise the budget if the work is worth it."));
    }

    /** The budget of one agent. */
    @Singleton
    static final class OfAgent extends BudgetNearlySpent implements AlertRule.PerAgent {

        OfAgent(SpendLedger ledger, DrydockConfig config, InstantSource clock) {
            super(ledger, config, clock);
        }

        @Override
        public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
            return agent.settings().budgetDailyUsd().flatMap(limit -> evaluate(agent.name(), limit));
        }
    }

    /** The budget of all agents. */
    @Singleton
    static final class OfAll extends BudgetNearlySpent implements AlertRule.Global {

        private final Optional<BigDecimal> limit;

        OfAll(SpendLedger ledger, DrydockConfig config, InstantSource clock) {
            super(ledger, config, clock);
            this.limit = config.budget().dailyUsd();
        }

        @Override
        public Optional<Finding> evaluate() {
            return limit.flatMap(usd -> evaluate(SpendLedger.ALL, usd));
        }
    }
}
