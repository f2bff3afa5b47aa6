package dev.drydock.judge.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.judge.replay.DecideFromRecord.Attempt;
import dev.drydock.redact.Redactor;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes lanes of what was decided and what would be, with secrets masked, and compares them. */
@Singleton
class Lanes {

    private final Json json;
    private final Redactor redactor;

    Lanes(Json json, Redactor redactor) {
        this.json = json;
        this.redactor = redactor;
    }

    Lane production(RecordedEntry recorded) {
        var entry = recorded.entry();
        var tools = recorded.sideEffects().stream()
                .filter(call -> call.state() != State.WITHDRAWN)
                .map(call -> tool(call.tool(), call.arguments()))
                .toList();
        return new Lane(
                decision(entry.decision()),
                entry.label(),
                entry.decidedBy(),
                entry.decision() == null ? fault(entry) : null,
                tools,
                usd(cost(recorded.calls())),
                recorded.traceId());
    }

    Lane of(Attempt<?> attempt, List<String> tools, @Nullable String traceId) {
        var decided = attempt.decision();
        return new Lane(
                decision(decided == null ? null : json.write(decided)),
                attempt.label(),
                decided == null ? null : attempt.byRule() ? "RULE" : "MODEL",
                attempt.fault(),
                tools,
                usd(cost(attempt.calls())),
                traceId);
    }

    private static String fault(Entry entry) {
        return entry.fault() == null ? entry.state().name() : entry.fault();
    }

    private @Nullable JsonNode decision(@Nullable String decision) {
        return decision == null ? null : redactor.record(json.tree(decision));
    }

    /** The fields of two decisions that differ; none if either lane decided nothing. */
    static List<FieldDiff> fields(Lane from, Lane to) {
        return from.decision() == null || to.decision() == null
                ? List.of()
                : FieldDiff.between(from.decision(), to.decision());
    }

    /**
     * Whether another decision would be dangerous, if that of production was right: the agent's spec says so. False if production's
     * decision is none, or not one of today's decision record.
     */
    <I extends Item, D> boolean isDangerous(RegisteredAgent<I, D> agent, Lane production, D other) {
        if (production.decision() == null) {
            return false;
        }
        try {
            var right = json.read(production.decision().toString(), agent.spec().decisionType());
            return agent.spec().dangerous().test(right, other);
        } catch (RuntimeException e) {
            return false;
        }
    }

    static String tool(String name, String arguments) {
        return name + " " + arguments;
    }

    /** Empty where the price of a call is not known. */
    static Optional<BigDecimal> cost(List<ModelCall> calls) {
        var sum = BigDecimal.ZERO;
        for (var call : calls) {
            if (call.costUsd() == null) {
                return Optional.empty();
            }
            sum = sum.add(call.costUsd());
        }
        return Optional.of(sum);
    }

    static @Nullable String usd(Optional<BigDecimal> amount) {
        return amount.map(usd ->
                        usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString())
                .orElse(null);
    }
}
