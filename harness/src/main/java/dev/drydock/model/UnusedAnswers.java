package dev.drydock.model;

import dev.drydock.journal.BatchedCalls;
import dev.drydock.journal.Json;
import dev.drydock.model.CallCost.Cost;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import org.jboss.logging.Logger;

/** Records answers of batches that no entry used: they are paid, whatever became of their entries. */
@Singleton
class UnusedAnswers {

    private static final Logger LOG = Logger.getLogger(UnusedAnswers.class);

    private static final int MOST = 500;

    private final BatchedCalls batched;
    private final CallJournal calls;
    private final ReserveBudget budget;
    private final CallCost costs;
    private final Json json;

    UnusedAnswers(BatchedCalls batched, CallJournal calls, ReserveBudget budget, CallCost costs, Json json) {
        this.batched = batched;
        this.calls = calls;
        this.budget = budget;
        this.costs = costs;
        this.json = json;
    }

    /** Each is recorded once: as a call of the agent, with why it was not used, and in the day's budget. */
    void record(String agent) {
        for (var unused : batched.unused(agent, MOST)) {
            var body = json.tree(unused.response());
            var model = body.path("model").asText();
            var usage = Usage.read(body.path("usage"));
            var cost = costs.ofBatch(model, usage);
            calls.unused(unused, agent, model, usage, cost);
            budget.settle(unused.held(), cost.map(Cost::usd).orElse(BigDecimal.ZERO));
            batched.discard(unused.call());
            LOG.infof("An answer of a batch for %s was paid and not used: %s", agent, unused.why());
        }
    }
}
