package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Json;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.judge.replay.CompareRecords.Repeated;
import dev.drydock.judge.replay.PromptTrials.Answer;
import dev.drydock.judge.replay.ReplayedEntry.ByVariant;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether the present version of an agent treats an entry otherwise than the version before, and how it decides it. */
@Singleton
class TrySample {

    /**
     * An entry that the present version asks or decides otherwise.
     *
     * @param before what the version before decided
     */
    record Sample<I extends Item, D>(
            RegisteredAgent<I, D> agent, RecordedEntry recorded, I item, Lane before, Repeated<D> now) {}

    private final CompareRecords compare;
    private final AskVariant ask;
    private final Lanes lanes;
    private final Json json;

    TrySample(CompareRecords compare, AskVariant ask, Lanes lanes, Json json) {
        this.compare = compare;
        this.ask = ask;
        this.lanes = lanes;
        this.json = json;
    }

    /**
     * Asks no model. Empty if both versions ask and decide the same, or if that is not on record any more.
     *
     * @param before of the version before; null if that is the version on record
     */
    <I extends Item, D> Optional<Sample<I, D>> changed(
            RegisteredAgent<I, D> agent, RecordedEntry recorded, @Nullable Answer before) {
        if (recorded.item() == null) {
            return Optional.empty();
        }
        I item;
        try {
            item = json.read(recorded.item(), agent.spec().itemType());
        } catch (UncheckedIOException e) {
            return Optional.empty(); // the item's record has changed
        }
        var production = lanes.production(recorded);
        var now = compare.compare(agent, item, recorded, production);
        var outcome = now.records().outcome();
        var isSame = before == null
                ? outcome == RecordOutcome.SAME
                : before.version().equals(now.version());
        return isSame || outcome == RecordOutcome.NOT_ON_RECORD
                ? Optional.empty()
                : Optional.of(new Sample<>(agent, recorded, item, before == null ? production : before.lane(), now));
    }

    /** Asks the model, unless the answer to the same question is on record. Throws only if a call that was paid for cannot be stored. */
    <I extends Item, D> ByVariant decide(Sample<I, D> sample, Variant variant) {
        var onRecord = sample.now().decision();
        return onRecord != null && sample.now().records().outcome() == RecordOutcome.SAME
                ? ask.compare(sample.agent(), sample.before(), free(lanes.production(sample.recorded())), onRecord)
                : ask.ask(
                        sample.agent(),
                        sample.item(),
                        sample.recorded(),
                        new TryVariant(variant, sample.recorded(), json),
                        sample.before());
    }

    /** What was paid for it was paid before. */
    private static Lane free(Lane lane) {
        return new Lane(
                lane.decision(), lane.label(), lane.decidedBy(), lane.fault(), lane.tools(), "0", lane.traceId());
    }
}
