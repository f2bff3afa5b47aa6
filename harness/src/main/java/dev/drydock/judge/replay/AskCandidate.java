package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.ModelCall;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.journal.StoreCalls;
import dev.drydock.judge.replay.DecideFromRecord.Attempt;
import dev.drydock.judge.replay.ReplayedEntry.ByCandidate;
import dev.drydock.judge.replay.ReplayedEntry.CandidateOutcome;
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

/** The third lane: has a candidate decide an entry, and compares its decision with that of production. */
@Singleton
class AskCandidate {

    private final DecideTrial decide;
    private final Lanes lanes;
    private final Spans spans;
    private final StoreCalls calls;

    AskCandidate(DecideTrial decide, Lanes lanes, Spans spans, StoreCalls calls) {
        this.decide = decide;
        this.lanes = lanes;
        this.spans = spans;
        this.calls = calls;
    }

    /** The calls that were paid for are stored, for the agent and for no entry. */
    <I extends Item, D> ByCandidate ask(
            RegisteredAgent<I, D> agent, I item, RecordedEntry recorded, TryCandidate candidate, Lane production) {
        return candidate.maySend()
                ? askLive(agent, item, recorded, candidate, production).candidate()
                : compare(agent, decide.decide(agent, item, candidate), candidate, production);
    }

    /** The same of what today's code decides, where its question is on record with the answer. */
    <I extends Item, D> ByCandidate compare(RegisteredAgent<I, D> agent, Lane before, Lane now, D decision) {
        var fields = Lanes.fields(before, now);
        return new ByCandidate(outcome(before, now, fields), lanes.isDangerous(agent, before, decision), fields, now);
    }

    /**
     * What a candidate decided.
     *
     * @param measured false if the model server, the budget or the end of the process prevented it, which says nothing about the candidate
     */
    record Asked(ByCandidate candidate, boolean measured) {}

    /** Each entry that is asked live is a trace of its own. */
    <I extends Item, D> Asked askLive(
            RegisteredAgent<I, D> agent, I item, RecordedEntry recorded, TryCandidate candidate, Lane production) {
        return spans.aroundTrace(
                candidate.isBeside() ? Trial.BESIDE : "replay",
                span -> span.setAttribute(GenAi.ENTRY_ID, recorded.entry().id().toString()),
                () -> {
                    var result = decide.decide(agent, item, candidate);
                    calls.store(result.calls());
                    var answer = compare(agent, result, candidate, production);
                    return new Asked(answer, !(result instanceof Result.Unmeasured<D>));
                });
    }

    private <I extends Item, D> ByCandidate compare(
            RegisteredAgent<I, D> agent, Result<D> result, TryCandidate candidate, Lane production) {
        if (result instanceof Result.Decided<D> decided) {
            var attempt = new Attempt<>(decided.decision(), decided.label(), decided.byRule(), null, decided.calls());
            var lane = lanes.of(attempt, candidate.proposed(), trace(decided.calls()));
            return compare(agent, production, lane, decided.decision());
        }
        var notAsked = result instanceof Result.NotRecorded<D>;
        return new ByCandidate(
                notAsked ? CandidateOutcome.NOT_ASKED : CandidateOutcome.FAILED,
                false,
                List.of(),
                lanes.of(
                        Attempt.<D>failed(fault(result), result.calls()), candidate.proposed(), trace(result.calls())));
    }

    private static CandidateOutcome outcome(Lane production, Lane lane, List<FieldDiff> fields) {
        if (production.decision() == null) {
            return CandidateOutcome.DECIDED;
        }
        if (!Objects.equals(production.label(), lane.label())) {
            return CandidateOutcome.OTHER_LABEL;
        }
        return fields.isEmpty() && production.tools().equals(lane.tools())
                ? CandidateOutcome.SAME
                : CandidateOutcome.OTHER_FIELDS;
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
