package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.SpendLedger;
import dev.drydock.journal.SpendLedger.Limit;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The limits of a day that a call has to keep: of all agents, of its agent, and of the trials or the candidate of that. */
@Singleton
class BudgetLimits {

    private final SpendLedger ledger;
    private final DrydockConfig config;

    BudgetLimits(SpendLedger ledger, DrydockConfig config) {
        this.ledger = ledger;
        this.config = config;
    }

    /** A candidate leaves what the live calls are likely to need. */
    List<Limit> of(ModelRequest request, LocalDate day) {
        var limits = new ArrayList<Limit>();
        config.budget().dailyUsd().ifPresent(usd -> limits.add(new Limit(SpendLedger.ALL, usd)));
        var agent = request.context().map(DecisionContext::agent);
        agent.ifPresent(own ->
                own.settings().budgetDailyUsd().ifPresent(usd -> limits.add(new Limit(own.name(), usd))));
        var trial = request.trial();
        if (trial.filter(Trial::isBeside).isPresent()) {
            limits.replaceAll(limit ->
                    new Limit(limit.scope(), limit.dailyUsd().subtract(ledger.stillNeeded(limit.scope(), day))));
        }
        trial.flatMap(Trial::budgetUsd)
                .ifPresent(usd -> limits.add(new Limit(scope(agent.orElseThrow(), trial.get()), usd)));
        return limits;
    }

    private static String scope(RegisteredAgent<?, ?> agent, Trial trial) {
        return trial.isBeside() ? SpendLedger.ofCandidate(agent.name()) : "trials of " + agent.name();
    }
}
