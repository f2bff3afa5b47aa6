package dev.drydock.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Mode;
import dev.drydock.agent.SideEffect;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.SideEffectJournal;
import dev.drydock.journal.SideEffectJournal.Call;
import dev.drydock.model.DecisionContext;
import dev.drydock.model.Hash;
import dev.drydock.model.ReplayAnswers;
import dev.drydock.tool.SideEffectRefusedException.Reason;
import jakarta.inject.Singleton;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes down tool calls before they are made, and how they ended. What cannot be written down is not made. */
@Singleton
class RecordCalls {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SideEffectJournal journal;
    private final ReplayAnswers answers;
    private final DeferredWrites writes;
    private final Json json;
    private final int mediumPerHour;

    RecordCalls(
            SideEffectJournal journal, ReplayAnswers answers, DeferredWrites writes, Json json, DrydockConfig config) {
        this.journal = journal;
        this.answers = answers;
        this.writes = writes;
        this.json = json;
        this.mediumPerHour = config.sideEffects().mediumPerHour();
    }

    /** A call as the model wants it. */
    Call describe(InvocationContext tool, SideEffect effect) {
        var method = tool.getMethod();
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        for (int at = 0; at < method.getParameterCount(); at++) {
            arguments.put(method.getParameters()[at].getName(), tool.getParameters()[at]);
        }
        var owner = method.getDeclaringClass().getName().replaceFirst("_Subclass$", "");
        var name = name(owner, method.getName());
        var written = recorded(() -> json.write(arguments));
        var key = Hash.of((owner + "#" + method.getName() + written).getBytes(UTF_8));
        return new Call(key, name, written, effect.value(), effect.idempotent());
    }

    /** A tool as the journal names it: its class without the package, and its method. */
    static String name(String owner, String method) {
        return owner.substring(owner.lastIndexOf('.') + 1).replace('$', '.') + "." + method;
    }

    /** The entry's call that this proposal is, which an earlier attempt may have made; a new one if there is none. */
    ProposedCall propose(DecisionContext scope, Call call) {
        return recorded(() -> {
            answers.keep(scope);
            var earlier = scope.sideEffects().find(call, journal.of(scope.entryId()));
            var stored = earlier.isEmpty() || earlier.get().key().equals(call.key())
                    ? journal.propose(scope.agent().name(), scope.entryId(), call, first(scope))
                    : changed(earlier.get(), call);
            scope.sideEffects().add(stored);
            return stored;
        });
    }

    private ProposedCall changed(ProposedCall earlier, Call call) {
        return earlier.mayChange() ? journal.change(earlier, call) : earlier;
    }

    private static State first(DecisionContext scope) {
        return scope.mode() == Mode.SHADOW ? State.RECORDED : State.PROPOSED;
    }

    void move(DecisionContext scope, ProposedCall call, State to) {
        recorded(() -> journal.move(call.id(), call.state(), to, null));
        scope.sideEffects().moved(call, to);
    }

    /** Fails if another process has moved it meanwhile. */
    void start(ProposedCall call) {
        if (!recorded(() -> journal.move(call.id(), call.state(), State.STARTED, null))) {
            throw refused(Reason.NOT_RECORDED, "another process is making this call", null);
        }
    }

    /** Fails if the agent has made its share of such calls within the hour. */
    void startWithinHour(DecisionContext scope, ProposedCall call) {
        if (!recorded(() -> journal.startWithin(call, scope.agent().name(), HOUR, mediumPerHour))) {
            throw refused(Reason.TOO_MANY, "%d calls of medium risk within an hour".formatted(mediumPerHour), null);
        }
    }

    /** Stores how a call ended; later, if the database is unavailable. */
    void settle(DecisionContext scope, ProposedCall call, State end, @Nullable String result) {
        recorded(() -> writes.write("the result of a tool call", () -> journal.settle(call.id(), end, result)));
        scope.sideEffects().moved(call, end);
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
}
