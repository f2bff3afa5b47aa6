package dev.drydock.run;

import dev.drydock.database.Database;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreDecisions.Failure;
import dev.drydock.model.BudgetSpentException;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.Faults;
import dev.drydock.model.ModelNotServedException;
import dev.drydock.redact.Redactor;
import dev.drydock.run.DecideOutcome.Failed;
import dev.drydock.run.DecideOutcome.NotServed;
import dev.drydock.run.DecideOutcome.Reach;
import dev.drydock.run.DecideOutcome.Refused;
import dev.drydock.run.DecideOutcome.Waits;
import dev.drydock.tool.SideEffectRefusedException;
import dev.drydock.tool.SideEffectRefusedException.Reason;
import dev.langchain4j.exception.RateLimitException;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.jboss.logging.Logger;

/** Says who is to blame for an entry that could not be decided: itself, the model, the budget, the database, or nobody. */
@Singleton
class ClassifyFailure {

    private static final Logger LOG = Logger.getLogger(ClassifyFailure.class);

    private final Redactor redactor;

    ClassifyFailure(Redactor redactor) {
        this.redactor = redactor;
    }

    DecideOutcome judge(UUID entryId, Throwable fault, DecisionContext scope) {
        var failure = new Failure(entryId, redactor.fault(fault));
        var calls = scope.calls();
        if (Faults.isCausedBy(fault, BudgetSpentException.class)) {
            return new NotServed(failure, SkipReason.BUDGET_SPENT, Reach.ALL, calls);
        }
        var refusal = SideEffectRefusedException.reasonIn(fault).orElse(null);
        if (refusal == Reason.APPROVAL_NEEDED || scope.held()) {
            LOG.infof("Entry %s waits for a person to approve a tool call", entryId);
            return new Refused(failure, calls);
        }
        if (Database.isUnavailable(fault)) {
            return new NotServed(failure, SkipReason.DATABASE_DOWN, Reach.ALL, calls);
        }
        if (refusal == Reason.TOO_MANY
                || Faults.isCausedBy(fault, InterruptedException.class)
                || Faults.isCausedBy(fault, BulkheadException.class)) {
            LOG.warnf(
                    "Entry %s waits for the next cycle (%s)",
                    entryId, fault.getClass().getSimpleName());
            return new Waits(failure, calls);
        }
        if (Faults.isOutage(fault)) {
            return new NotServed(failure, SkipReason.MODEL_DOWN, reach(fault), calls);
        }
        LOG.warnf(
                "Entry %s could not be decided (%s); the next cycle tries it again, unless that was its last",
                entryId, fault.getClass().getSimpleName());
        return new Failed(failure, calls);
    }

    private static Reach reach(Throwable fault) {
        if (Faults.isCausedBy(fault, ModelNotServedException.class)) {
            return Reach.ALL;
        }
        return Faults.isCausedBy(fault, RateLimitException.class) ? Reach.NOW : Reach.ENTRY;
    }
}
