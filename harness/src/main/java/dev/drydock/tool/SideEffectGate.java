package dev.drydock.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Mode;
import dev.drydock.agent.SideEffect.Risk;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.journal.SideEffectJournal.Call;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.Hash;
import dev.drydock.redact.Redactor;
import dev.drydock.tool.SideEffectRefusedException.Reason;
import jakarta.inject.Singleton;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides whether a tool call that changes the world is made, written down, or put before a person. */
@Singleton
class SideEffectGate {

    private static final Logger LOG = Logger.getLogger(SideEffectGate.class);

    private static final Duration HOUR = Duration.ofHours(1);

    private final SideEffectJournal journal;
    private final Json json;
    private final Redactor redactor;
    private final int mediumPerHour;

    SideEffectGate(SideEffectJournal journal, Json json, Redactor redactor, DrydockConfig config) {
        this.journal = journal;
        this.json = json;
        this.redactor = redactor;
        this.mediumPerHour = config.sideEffects().mediumPerHour();
    }

    /** Returns what the tool says, what it said before, or a note to the model that the call was not made. */
    @Nullable
    Object call(InvocationContext tool, Risk risk) throws Exception {
        var scope = DecisionContext.current()
                .orElseThrow(() -> refused(
                        Reason.MISUSED,
                        "a @SideEffect is for the deciding of an entry, in the thread that decides",
                        null));
        var live = scope.mode() == Mode.LIVE;
        var call = recorded(() -> journal.propose(
                scope.agent().name(), scope.entryId(), proposal(tool, risk), live ? State.PROPOSED : State.RECORDED));
        if (!live) {
            return "Written down. In this mode the call is not made; go on as if it had been.";
        }
        if (call.state() == State.DONE) {
            return call.result();
        }
        if (call.state() == State.STARTED) {
            return hold(call, risk, scope); // it was cut off, and nobody knows whether it was made
        }
        if (call.state() == State.APPROVED || risk == Risk.LOW) {
            start(recorded(() -> journal.move(call.id(), call.state(), State.STARTED, null)));
            return make(tool, call);
        }
        if (risk == Risk.MEDIUM) {
            if (!recorded(() -> journal.startWithin(call, scope.agent().name(), HOUR, mediumPerHour))) {
                throw refused(Reason.TOO_MANY, "%d calls of medium risk within an hour".formatted(mediumPerHour), null);
            }
            return make(tool, call);
        }
        return hold(call, risk, scope);
    }

    private String hold(ProposedCall call, Risk risk, DecisionContext scope) {
        recorded(() -> journal.move(call.id(), call.state(), State.WAITING, null));
        scope.hold();
        if (risk == Risk.IRREVERSIBLE) {
            throw refused(
                    Reason.APPROVAL_NEEDED,
                    "%s cannot be undone; a person must approve the call first".formatted(call.tool()),
                    null);
        }
        return "This call waits for a person's approval and has not been made. Finish without it.";
    }

    private static void start(boolean started) {
        if (!started) {
            throw refused(Reason.NOT_RECORDED, "another process is making this call", null);
        }
    }

    /** Records the call as STARTED before it is made, so that a crash in the middle is noticed. */
    private @Nullable Object make(InvocationContext tool, ProposedCall call) throws Exception {
        LOG.infof("The tool %s is called (risk %s)", call.tool(), call.risk());
        try {
            var result = tool.proceed();
            recorded(() ->
                    journal.move(call.id(), State.STARTED, State.DONE, result == null ? null : result.toString()));
            return result;
        } catch (SideEffectRefusedException e) {
            throw e;
        } catch (Throwable e) { // an Error, too, must not leave it open
            recorded(() -> journal.move(call.id(), State.STARTED, State.FAILED, redactor.fault(e)));
            throw e;
        }
    }

    /** What cannot be written down is not the model's to judge: the deciding ends. */
    private static <T> T recorded(Supplier<T> write) {
        try {
            return Interrupts.deferred(write);
        } catch (RuntimeException e) {
            throw refused(Reason.NOT_RECORDED, "the call could not be written down", e);
        }
    }

    private static SideEffectRefusedException refused(Reason reason, String why, @Nullable Throwable cause) {
        return new SideEffectRefusedException(reason, why, cause);
    }

    private Call proposal(InvocationContext tool, Risk risk) {
        var method = tool.getMethod();
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        for (int at = 0; at < method.getParameterCount(); at++) {
            arguments.put(method.getParameters()[at].getName(), tool.getParameters()[at]);
        }
        var owner = method.getDeclaringClass().getName().replaceFirst("_Subclass$", "");
        var name = owner.substring(owner.lastIndexOf('.') + 1).replace('$', '.') + "." + method.getName();
        var written = json.write(arguments);
        return new Call(
                Hash.of((owner + "#" + method.getName() + written).getBytes(UTF_8)), name, written, risk.name());
    }
}
