package dev.drydock.judge.replay;

import dev.drydock.judge.eval.ReadEvals.Figure;
import dev.drydock.judge.replay.ReplayedEntry.ByVariant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an agent's last entries when its prompt, schema or code changed in dev mode.
 *
 * @param entries how many entries were looked at
 * @param again how many of them are asked or decided otherwise by the new version, and so were decided again
 * @param changed those whose decision differs from that of the version before, the dangerous ones first
 * @param costUsd what the model calls cost; null where a price is not known
 * @param eval null if no eval was made of this version yet
 */
public record PromptTrial(
        String agent,
        Instant at,
        int entries,
        int again,
        List<Changed> changed,
        @Nullable String costUsd,
        @Nullable Eval eval) {

    /**
     * An entry whose decision differs.
     *
     * @param before the decision of the version before
     */
    public record Changed(UUID id, String itemId, Lane before, ByVariant now) {}

    /**
     * The labelled cases of the set {@code dev}, decided by the new version.
     *
     * @param figures beside the baseline; none if nothing was measured
     */
    public record Eval(String verdict, String sentence, List<Figure> figures) {}

    PromptTrial with(Eval measured) {
        return new PromptTrial(agent, at, entries, again, changed, costUsd, measured);
    }
}
