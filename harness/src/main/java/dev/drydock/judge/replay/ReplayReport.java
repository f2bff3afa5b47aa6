package dev.drydock.judge.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drydock.judge.replay.ReplayedEntry.RecordOutcome;
import dev.drydock.judge.replay.ReplayedEntry.VariantOutcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a replay, as the command and the API print it.
 *
 * @param what the entries that were replayed, in words
 * @param records how many entries had each outcome in the second lane
 * @param variant null if there is none
 * @param productionUsd what the decisions of production cost; null where a price is not known
 * @param shown the entries that differ or cannot be compared, the most important first
 * @param omitted how many more there are
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayReport(
        String what,
        int entries,
        Map<RecordOutcome, Integer> records,
        @JsonProperty("candidate") @Nullable VariantTotals variant,
        @Nullable String productionUsd,
        List<ReplayedEntry> shown,
        int omitted) {

    /**
     * The third lane.
     *
     * @param model null if it is the configured one
     * @param prompt whether the system message was replaced
     * @param outcomes how many entries had each outcome
     * @param dangerous how many decisions the agents' specs call dangerous
     * @param comparedUsd what production paid for the entries that the variant decided; null where a price is not known
     * @param costUsd what the variant cost for the same; null where a price is not known
     * @param differenceUsd the second minus the first; null if either is not known
     * @param notAskedUsd what production paid for the entries that the variant was not asked about; null where unknown
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VariantTotals(
            @Nullable String model,
            boolean prompt,
            boolean live,
            Map<VariantOutcome, Integer> outcomes,
            int dangerous,
            @Nullable String comparedUsd,
            @Nullable String costUsd,
            @Nullable String differenceUsd,
            @Nullable String notAskedUsd) {}

    /** Whether the second lane found a difference. */
    public boolean differs() {
        return records.getOrDefault(RecordOutcome.DIFFERS, 0) > 0;
    }
}
