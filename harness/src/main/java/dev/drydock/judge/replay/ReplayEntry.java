package dev.drydock.judge.replay;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.Json;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.judge.replay.ReplayedEntry.ByVariant;
import dev.drydock.judge.replay.ReplayedEntry.FromRecords;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides one entry again in each lane. */
@Singleton
class ReplayEntry {

    private final CompareRecords compare;
    private final AskVariant ask;
    private final Lanes lanes;
    private final Json json;

    ReplayEntry(CompareRecords compare, AskVariant ask, Lanes lanes, Json json) {
        this.compare = compare;
        this.ask = ask;
        this.lanes = lanes;
        this.json = json;
    }

    /**
     * Throws only if a call that was paid for cannot be stored.
     *
     * @param agent empty if it no longer exists
     */
    ReplayedEntry replay(Optional<RegisteredAgent<?, ?>> agent, RecordedEntry recorded, Variant variant) {
        var production = lanes.production(recorded);
        if (agent.isEmpty()) {
            var why = "there is no agent \"%s\" any more"
                    .formatted(recorded.entry().agent());
            return result(recorded, production, notOnRecord(why), null);
        }
        if (recorded.item() == null) {
            return result(recorded, production, notOnRecord("its item was deleted (drydock.retention.payloads)"), null);
        }
        return replay(agent.get(), recorded, recorded.item(), variant, production);
    }

    private <I extends Item, D> ReplayedEntry replay(
            RegisteredAgent<I, D> agent, RecordedEntry recorded, String stored, Variant variant, Lane production) {
        I item;
        try {
            item = json.read(stored, agent.spec().itemType());
        } catch (RuntimeException e) {
            var why = "its item is none of %s today"
                    .formatted(agent.spec().itemType().getSimpleName());
            return result(recorded, production, CompareRecords.unknown(RecordOutcome.DIFFERS, List.of(why)), null);
        }
        return result(
                recorded,
                production,
                compare.compare(agent, item, recorded, production).records(),
                variant.exists()
                        ? ask.ask(agent, item, recorded, new TryVariant(variant, recorded, json), production)
                        : null);
    }

    private static FromRecords notOnRecord(String why) {
        return CompareRecords.unknown(RecordOutcome.NOT_ON_RECORD, List.of(why));
    }

    private static ReplayedEntry result(
            RecordedEntry recorded, Lane production, FromRecords records, @Nullable ByVariant variant) {
        var entry = recorded.entry();
        return new ReplayedEntry(
                entry.id(), entry.agent(), entry.itemId(), entry.runId(), production, records, variant);
    }
}
