package dev.drydock.tool;

import dev.drydock.agent.Mode;
import dev.drydock.agent.NotDoneException;
import dev.drydock.agent.SideEffect;
import dev.drydock.agent.SideEffect.Risk;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.model.DecisionContext;
import dev.drydock.redact.Redactor;
import dev.drydock.tool.SideEffectRefusedException.Reason;
import jakarta.inject.Singleton;
import jakarta.interceptor.InvocationContext;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides whether a tool call that changes the world is made, written down, or put before a person. */
@Singleton
class SideEffectGate {

    private static final Logger LOG = Logger.getLogger(SideEffectGate.class);

    private static final String WRITTEN_DOWN =
            "Written down. In this mode the call is not made; go on as if it had been.";

    private final RecordCalls records;
    private final Redactor redactor;
    private final InstantSource clock;

    SideEffectGate(RecordCalls records, Redactor redactor, InstantSource clock) {
        this.records = records;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Returns what the tool says, what it said before, or a note to the model that the call was not made. */
    @Nullable
    Object call(InvocationContext tool, SideEffect effect) throws Exception {
        var scope = DecisionContext.current()
                .orElseThrow(() -> new SideEffectRefusedException(
                        Reason.MISUSED,
                        "a @SideEffect is for the deciding of an entry, in the thread that decides",
                        null));
        if (scope.sideEffects().isUnsure()) {
            throw unsure(scope);
        }
        var proposal = records.describe(tool, effect);
        if (scope.trial().isPresent()) {
            scope.sideEffects().add(ProposedCall.tried(proposal, clock.instant()));
            return told(scope, scope.trial().get().sideEffect(proposal).orElse(WRITTEN_DOWN));
        }
        var call = records.propose(scope, proposal);
        var same = call.key().equals(proposal.key());
        return switch (call.state()) {
            case DONE -> told(scope, same ? call.result() : otherwise(call));
            case STARTED, UNSURE -> begun(tool, call, scope, same);
            case UNKNOWN -> throw unsure(scope, call, "a newer release, rolled back since, wrote its state");
            case FAILED -> scope.replays() ? told(scope, call.result()) : open(tool, call, scope);
            case RECORDED, PROPOSED, WAITING, APPROVED, WITHDRAWN -> open(tool, call, scope);
        };
    }

    private static String otherwise(ProposedCall call) {
        return "Made before, with the arguments %s. The result was: %s".formatted(call.arguments(), call.result());
    }

    /** One that was begun before, and of which nobody knows whether it was made. */
    private @Nullable Object begun(InvocationContext tool, ProposedCall call, DecisionContext scope, boolean same)
            throws Exception {
        if (same && isRepeatable(call) && scope.mode() == Mode.LIVE) {
            LOG.warnf(
                    "The tool %s is called again: it is idempotent, and an earlier call was interrupted", call.tool());
            records.start(call);
            return make(tool, call, scope);
        }
        var why = call.result() == null ? "an earlier attempt was interrupted" : call.result();
        records.settle(scope, call, State.UNSURE, why);
        throw unsure(scope, call, why);
    }

    private @Nullable Object open(InvocationContext tool, ProposedCall call, DecisionContext scope) throws Exception {
        var risk = call.risk();
        if (scope.mode() == Mode.SHADOW) {
            records.move(scope, call, State.RECORDED);
            return told(scope, WRITTEN_DOWN);
        }
        if (call.state() == State.APPROVED || (scope.mode() == Mode.LIVE && risk == Risk.LOW)) {
            records.start(call);
            return make(tool, call, scope);
        }
        if (scope.mode() == Mode.LIVE && risk == Risk.MEDIUM) {
            records.startWithinHour(scope, call);
            return make(tool, call, scope);
        }
        return hold(call, risk, scope);
    }

    private Object hold(ProposedCall call, Risk risk, DecisionContext scope) {
        records.move(scope, call, State.WAITING);
        scope.sideEffects().hold(HoldReason.APPROVAL, "%s waits for an approval".formatted(call.tool()));
        if (scope.mode() == Mode.REVIEW) {
            return told(
                    scope,
                    "Written down. In this mode the call is made once a person has approved it; go on as if it had been.");
        }
        if (risk == Risk.IRREVERSIBLE) {
            throw new SideEffectRefusedException(
                    Reason.APPROVAL_NEEDED,
                    "%s cannot be undone; a person must approve the call first".formatted(call.tool()),
                    null);
        }
        return told(scope, "This call waits for a person's approval and has not been made. Finish without it.");
    }

    /** Records the call as STARTED before it is made, so that a crash in the middle is noticed. */
    private @Nullable Object make(InvocationContext tool, ProposedCall call, DecisionContext scope) throws Exception {
        LOG.infof("The tool %s is called (risk %s)", call.tool(), call.risk());
        try {
            var result = tool.proceed();
            records.settle(scope, call, State.DONE, result == null ? null : result.toString());
            return result;
        } catch (NotDoneException e) {
            records.settle(scope, call, State.FAILED, e.getMessage());
            return told(scope, e.getMessage());
        } catch (Throwable e) { // an Error, too, must not leave it open
            var fault = redactor.fault(e);
            records.settle(scope, call, State.UNSURE, fault);
            if (isRepeatable(call)) {
                throw e;
            }
            throw unsure(scope, call, fault);
        }
    }

    /** Risks that need an approval need one for each time. */
    private static boolean isRepeatable(ProposedCall call) {
        return call.idempotent() && (call.risk() == Risk.LOW || call.risk() == Risk.MEDIUM);
    }

    private static SideEffectRefusedException unsure(DecisionContext scope, ProposedCall call, String why) {
        var what = "unsure whether %s was called: %s".formatted(call.tool(), why);
        LOG.warnf("Entry %s waits for a person: it is not known whether %s was called", scope.entryId(), call.tool());
        scope.sideEffects().hold(HoldReason.UNSURE, what);
        return new SideEffectRefusedException(Reason.UNSURE, what, null);
    }

    private static SideEffectRefusedException unsure(DecisionContext scope) {
        var hold = scope.sideEffects().hold().orElseThrow();
        return new SideEffectRefusedException(Reason.UNSURE, hold.why(), null);
    }

    /** A tool that returns nothing cannot say it. */
    private static Object told(DecisionContext scope, @Nullable String note) {
        var text = note == null ? "" : note;
        if (note != null) {
            scope.tellModel(note);
        }
        return text;
    }
}
