package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.SpendLedger;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Most of the daily budget of all agents is spent. */
@Singleton
class TotalBudget implements AlertRule.Global {

    private final BudgetNearlySpent budget;
    private final DrydockConfig config;

    TotalBudget(BudgetNearlySpent budget, DrydockConfig config) {
        this.budget = budget;
        this.config = config;
    }

    @Override
    public String name() {
        return BudgetNearlySpent.NAME;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<Finding> evaluate() {
        return config.budget().dailyUsd().flatMap(limit -> budget.evaluate(SpendLedger.ALL, limit));
    }
}
