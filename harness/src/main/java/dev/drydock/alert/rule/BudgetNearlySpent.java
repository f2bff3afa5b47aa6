package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule.Finding;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.SpendLedger;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Most of a daily budget is spent. Shared by the rules for one agent and for all. */
@Singleton
class BudgetNearlySpent {

    static final String NAME = "budget-nearly-spent";

    private static final int PERCENT = 100;

    private final SpendLedger ledger;
    private final BigDecimal thresholdPercent;
    private final ZoneId zone;
    private final InstantSource clock;

    BudgetNearlySpent(SpendLedger ledger, DrydockConfig config, InstantSource clock) {
        this.ledger = ledger;
        this.thresholdPercent = BigDecimal.valueOf(config.alerts().rules().budgetNearlySpent());
        this.zone = config.zone();
        this.clock = clock;
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
}
