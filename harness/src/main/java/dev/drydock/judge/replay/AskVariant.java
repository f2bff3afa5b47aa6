package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.journal.StoreCalls;
import dev.drydock.judge.replay.DecideFromRecord.Attempt;
import dev.drydock.judge.replay.ReplayedEntry.ByVariant;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import dev.drydock.model.Trial;
import dev.drydock.run.DecideTrial;
import dev.drydock.run.DecideTrial.Result;
import dev.drydock.trace.GenAi;
import dev.drydock.trace.Spans;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The third lane: has a variant decide an entry, and compares its decision with that of production. */
@Singleton
class AskVariant {

    private final DecideTrial decide;
    private final Lanes lanes;
    private final Spans spans;
    private final StoreCalls calls;

    AskVariant(DecideTrial decide, Lanes lanes, Spans spans, StoreCalls calls) {
        this.decide = decide;
        this.lanes = lanes;
        this.spans = spans;
        this.calls = calls;
    }

    /** The calls that were paid for are stored, for the agent and for no entry. */
    <I extends Item, D> ByVariant ask(
            RegisteredAgent<I, D> agent, I item, RecordedEntry recorded, TryVariant variant, Lane production) {
        return variant.maySend()
                ? askLive(agent, item, recorded, variant, production).variant()
                : compare(agent, decide.decide(agent, item, variant), variant, production);
    }

    /** The same of what today's code decides, where its question is on record with the answer. */
    <I extends Item, D> ByVariant compare(RegisteredAgent<I, D> agent, Lane before, Lane now, D decision) {
        var fields = Lanes.fields(before, now);
        return new ByVariant(outcome(before, now, fields), lanes.isDangerous(agent, before, decision), fields, now);
    }

    /**
     * What a variant decided.
     *
     * @param measured false if the model server, the budget or the end of the process prevented it, which says nothing about the variant
     */
    record Asked(ByVariant variant, boolean measured) {}

    /** Each entry that is asked live is a trace of its own. */
    <I extends Item, D> Asked askLive(
            RegisteredAgent<I, D> agent, I item, RecordedEntry recorded, TryVariant variant, Lane production) {
        return spans.aroundTrace(
                variant.isBeside() ? Trial.BESIDE : "replay",
                span -> span.setAttribute(GenAi.ENTRY_ID, recorded.entry().id().toString()),
                () -> {
                    var result = decide.decide(agent, item, variant);
                    calls.store(result.calls());
                    var answer = compare(agent, result, variant, production);
                    return new Asked(answer, !(result instanceof Result.Unmeasured<D>));
                });
    }

    private <I extends Item, D> ByVariant compare(
            RegisteredAgent<I, D> agent, Result<D> result, TryVariant variant, Lane production) {
        if (result instanceof Result.Decided<D> decided) {
            var attempt = new Attempt<>(decided.decision(), decided.label(), decided.byRule(), null, decided.calls());
            var lane = lanes.of(attempt, variant.proposed(), trace(decided.calls()));
            return compare(agent, production, lane, decided.decision());
        }
        var notAsked = result instanceof Result.NotRecorded<D>;
        return new ByVariant(
                notAsked ? VariantOutcome.NOT_ASKED : VariantOutcome.FAILED,
                false,
                List.of(),
                lanes.of(Attempt.<D>failed(fault(result), result.calls()), variant.proposed(), trace(result.calls())));
    }

    private static VariantOutcome outcome(Lane production, Lane lane, List<FieldDiff> fields) {
        if (production.decision() == null) {
            return VariantOutcome.DECIDED;
        }
        if (!Objects.equals(production.label(), lane.label())) {
            return VariantOutcome.OTHER_LABEL;
        }
        return fields.isEmpty() && production.tools().equals(lane.tools())
                ? VariantOutcome.SAME
                : VariantOutcome.OTHER_FIELDS;
    }

    private static String fault(Result<?> result) {
        if (result instanceof Result.Failed<?> failed) {
            return failed.fault();
        }
        if (result instanceof Result.Unmeasured<?> unmeasured) {
            return unmeasured.reason() == null
                    ? unmeasured.fault()
                    : "%s: %s".formatted(unmeasured.reason(), unmeasured.fault());
        }
        return result instanceof Result.NotRecorded<?> missing
                ? String.valueOf(missing.fault().getMessage())
                : "";
    }

    /** Only calls that were sent have spans. */
    private static @Nullable String trace(List<ModelCall> calls) {
        return calls.stream().allMatch(ModelCall::fromCache)
                ? null
                : Span.current().getSpanContext().getTraceId();
    }
}
