package dev.drydock.run;

import dev.drydock.agent.Window;
import dev.drydock.database.Database;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.Run.Counts;
import dev.drydock.journal.RunResult;
import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreDecisions.Failure;
import dev.drydock.journal.StoreDecisions.Held;
import dev.drydock.model.BudgetSpentException;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.ModelFault;
import dev.drydock.model.WaitsForBatchException;
import dev.drydock.redact.Redactor;
import dev.drydock.run.DecideOutcome.Busy;
import dev.drydock.run.DecideOutcome.Deferred;
import dev.drydock.run.DecideOutcome.Failed;
import dev.drydock.run.DecideOutcome.NeedsApproval;
import dev.drydock.run.DecideOutcome.Reach;
import dev.drydock.run.DecideOutcome.Unavailable;
import dev.drydock.tool.SideEffectRefusedException;
import dev.drydock.tool.SideEffectRefusedException.Reason;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose fault a failure is: the model server's, the source's, the database's, the settings', the budget's, or the entry's. The only
 * class that turns an exception into the outcome of an entry or the result of a cycle; {@link ModelFault} knows the model servers.
 */
@Singleton
class ClassifyFailure {

    private static final Logger LOG = Logger.getLogger(ClassifyFailure.class);

    /** What an agent's own client throws when its server is unavailable, and the stage when an attempt takes too long. */
    private static final Set<Class<? extends Throwable>> OUTAGES = Set.of(
            RetriableException.class,
            ProcessingException.class,
            SocketException.class,
            UnknownHostException.class,
            InterruptedIOException.class,
            TimeoutException.class);

    private static final String TIMED_OUT =
            "timed out: %s took longer than quarkus.fault-tolerance.\"dev.drydock.run.%s\".timeout.value permits";
    private static final String FETCH_TIMED_OUT = TIMED_OUT.formatted("fetch", "FetchAttempt/fetch");
    private static final String DECIDE_TIMED_OUT = TIMED_OUT.formatted("decide", "DecideStage/decide");

    private final Redactor redactor;

    ClassifyFailure(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The outcome of an entry whose decide step threw. Only {@code Failed} counts as an attempt of the entry. */
    DecideOutcome ofEntry(UUID entryId, Throwable fault, DecisionContext scope) {
        var why = isCausedBy(fault, TimeoutException.class) ? DECIDE_TIMED_OUT : redactor.fault(fault);
        var failure = new Failure(entryId, why);
        var calls = scope.calls();
        if (isCausedBy(fault, BudgetSpentException.class)) {
            return new Unavailable(failure, SkipReason.BUDGET_SPENT, Reach.ALL, calls);
        }
        if (isCausedBy(fault, WaitsForBatchException.class)) {
            return new Deferred(failure, calls);
        }
        var refusal = SideEffectRefusedException.reasonIn(fault).orElse(null);
        var hold = scope.sideEffects().hold();
        if (hold.isPresent()) {
            LOG.infof(
                    "Entry %s waits for a person to look at a tool call (%s)",
                    entryId, hold.get().reason());
            return new NeedsApproval(new Held(entryId, hold.get()), calls);
        }
        if (isCausedBy(fault, InterruptedException.class)) {
            LOG.infof("Entry %s was interrupted; the next run decides it", entryId);
            return new Deferred(failure, calls);
        }
        if (Database.isUnavailable(fault)) {
            return new Unavailable(failure, SkipReason.DATABASE_DOWN, Reach.ALL, calls);
        }
        if (refusal == Reason.TOO_MANY || isCausedBy(fault, BulkheadException.class)) {
            LOG.warnf(
                    "Entry %s waits for the next run (%s)",
                    entryId, fault.getClass().getSimpleName());
            return new Deferred(failure, calls);
        }
        var ofModel = ModelFault.of(fault);
        if (ofModel.isPresent()) {
            return ofModel(ofModel.get(), failure, calls);
        }
        if (OUTAGES.stream().anyMatch(outage -> isCausedBy(fault, outage))) {
            return isCausedBy(fault, RateLimitException.class)
                    ? new Busy(failure, calls)
                    : new Unavailable(failure, SkipReason.MODEL_DOWN, Reach.ENTRY, calls);
        }
        LOG.warnf(
                "Entry %s could not be decided (%s); the next run tries it again, unless that was its last attempt",
                entryId, fault.getClass().getSimpleName());
        return new Failed(failure, calls);
    }

    private static DecideOutcome ofModel(ModelFault fault, Failure failure, List<ModelCall> calls) {
        return switch (fault.kind()) {
            case UNREACHABLE, TIMED_OUT, CONNECTION_LOST, SERVER_ERROR ->
                new Unavailable(failure, SkipReason.MODEL_DOWN, Reach.ENTRY, calls);
            case CIRCUIT_OPEN, UNRESPONSIVE -> new Unavailable(failure, SkipReason.MODEL_DOWN, Reach.ALL, calls);
            case RATE_LIMITED, QUOTA_IN_DOUBT, CROWDED, NO_TURN -> new Busy(failure, calls);
            case QUOTA -> new Unavailable(failure, SkipReason.QUOTA, Reach.ALL, calls);
            case SETTINGS, PARAMETER -> new Unavailable(failure, SkipReason.MODEL_REFUSES, Reach.ALL, calls);
            case CONTEXT_EXCEEDED, TOO_LARGE, REJECTED ->
                new Unavailable(failure, SkipReason.MODEL_REFUSES, Reach.ENTRY, calls);
            case INTERRUPTED -> new Deferred(failure, calls);
            case FILTERED -> new Failed(failure, calls);
        };
    }

    /** Why a cycle counts as skipped whose calls the server did not take as a batch. */
    SkipReason ofBatch(ModelFault fault) {
        return ofModel(fault, new Failure(new UUID(0, 0), fault.message()), List.of()) instanceof Unavailable one
                ? one.reason()
                : SkipReason.MODEL_DOWN;
    }

    private static boolean isCausedBy(Throwable fault, Class<? extends Throwable> type) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .anyMatch(type::isInstance);
    }

    /**
     * The result of a cycle that ended with an exception after these counts. Only the watchdog, which says so itself, and a
     * process that stops interrupt a cycle.
     */
    RunResult ofRun(Throwable fault, @Nullable Window window, Counts counts) {
        if (fault instanceof InterruptedException) {
            return RunResult.interrupted(window, counts);
        }
        if (Database.isUnavailable(fault)) {
            LOG.error("The database is unavailable; the next cycle covers this one's window and open entries");
            return RunResult.skipped(SkipReason.DATABASE_DOWN, redactor.fault(fault), window, counts);
        }
        LOG.error("The cycle failed; the next cycle covers its window and open entries", fault);
        return RunResult.failed(redactor.fault(fault), window, counts);
    }

    /** The result of a cycle whose source could not be read. */
    RunResult ofFetch(Throwable fault, Window window) {
        LOG.warnf(
                "Cannot read the source (%s); the next cycle covers its window",
                fault.getClass().getSimpleName());
        var cause = fault instanceof CircuitBreakerOpenException && fault.getCause() != null ? fault.getCause() : fault;
        var why = isCausedBy(cause, TimeoutException.class) ? FETCH_TIMED_OUT : redactor.fault(cause);
        return RunResult.skipped(
                SkipReason.SOURCE_DOWN,
                cause.equals(fault) ? why : why + "; the circuit breaker of the source is open",
                window,
                Counts.NONE);
    }
}
