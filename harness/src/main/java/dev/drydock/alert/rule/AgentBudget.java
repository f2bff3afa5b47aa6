package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Most of one agent's daily budget is spent. */
@Singleton
class AgentBudget implements AlertRule.PerAgent {

    private final BudgetNearlySpent budget;

    AgentBudget(BudgetNearlySpent budget) {
        this.budget = budget;
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
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        return agent.settings().budgetDailyUsd().flatMap(limit -> budget.evaluate(agent.name(), limit));
    }
}
