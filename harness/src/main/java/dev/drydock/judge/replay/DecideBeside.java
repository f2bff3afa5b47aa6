package dev.drydock.judge.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Item;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.ShadowCandidate;
import dev.drydock.config.ShadowCandidate.PromptFile;
import dev.drydock.journal.CandidateDecisions.Decided;
import dev.drydock.journal.Json;
import dev.drydock.journal.RecordedEntries.RecordedEntry;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import dev.drydock.model.Hash;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has an agent's candidate decide an entry that was decided, and compares both decisions. */
@Singleton
class DecideBeside {

    /**
     * What came of it.
     *
     * @param pause why the candidate cannot decide now; null if it decided or failed
     */
    record Answer(Decided decided, @Nullable String pause) {}

    private final AskVariant ask;
    private final Lanes lanes;
    private final Json json;

    DecideBeside(AskVariant ask, Lanes lanes, Json json) {
        this.ask = ask;
        this.lanes = lanes;
        this.json = json;
    }

    /** The same for the same prompt and model. */
    static String id(ShadowCandidate candidate) {
        var parts = candidate.prompt().map(PromptFile::text).orElse("")
                + '\n'
                + candidate.model().orElse("");
        return Hash.of(parts.getBytes(UTF_8));
    }

    /** Asks the model. Throws only if a call that was paid for cannot be stored. */
    <I extends Item, D> Answer decide(RegisteredAgent<I, D> agent, RecordedEntry recorded) {
        I item;
        try {
            item = json.read(
                    Objects.requireNonNull(recorded.item()), agent.spec().itemType());
        } catch (RuntimeException e) {
            return new Answer(failed("its item cannot be read as the agent's item type of today"), null);
        }
        var variant = Variant.beside(agent.settings().candidate());
        var production = lanes.production(recorded);
        var asked = ask.askLive(agent, item, recorded, new TryVariant(variant, recorded, json), production);
        var lane = asked.variant().lane();
        return new Answer(
                new Decided(
                        lane.decision() == null ? null : lane.decision().toString(),
                        lane.label(),
                        lane.fault(),
                        asked.variant().outcome() == VariantOutcome.SAME,
                        asked.variant().dangerous(),
                        lane.costUsd() == null ? null : new BigDecimal(lane.costUsd())),
                asked.measured() ? null : String.valueOf(lane.fault()));
    }

    private static Decided failed(String fault) {
        return new Decided(null, null, fault, false, false, null);
    }
}
