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

/** Most of a day's budget is gone. */
@Singleton
class BudgetNearlySpent {

    static final String NAME = "budget-nearly-spent";

    private static final int PERCENT = 100;

    private final SpendLedger ledger;
    private final BigDecimal telling;
    private final ZoneId zone;
    private final InstantSource clock;

    BudgetNearlySpent(SpendLedger ledger, DrydockConfig config, InstantSource clock) {
        this.ledger = ledger;
        this.telling = BigDecimal.valueOf(config.alerts().rules().budgetNearlySpent());
        this.zone = config.zone();
        this.clock = clock;
    }

    Optional<Finding> evaluate(String scope, BigDecimal limit) {
        return ledger.day(scope, LocalDate.ofInstant(clock.instant(), zone))
                .map(day -> day.spentUsd())
                .filter(spent -> spent.multiply(BigDecimal.valueOf(PERCENT)).compareTo(limit.multiply(telling)) >= 0)
                .map(spent -> new Finding(
                        "%.4f of the %s USD that %s may spend today are gone"
                                .formatted(spent, limit.toPlainString(), scope.isEmpty() ? "all agents" : scope),
                        "No call may pass the budget: when it is spent, cycles are SKIPPED(BUDGET_SPENT) until tomorrow.",
                        "costUsd in /api/runs; raise the budget only if the work is worth it."));
    }
}
