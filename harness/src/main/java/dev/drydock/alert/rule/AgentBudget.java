package dev.drydock.alert.rule;

import dev.drydock.alert.AgentRule;
import dev.drydock.alert.Finding;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Severity;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Most of one agent's budget for the day is gone. */
@Singleton
class AgentBudget implements AgentRule {

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
    public Optional<Finding> look(RegisteredAgent<?, ?> agent) {
        return agent.settings().budgetDailyUsd().flatMap(limit -> budget.look(agent.name(), limit));
    }
}
