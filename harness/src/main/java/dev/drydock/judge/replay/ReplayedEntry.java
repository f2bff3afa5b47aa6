package dev.drydock.judge.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one entry.
 *
 * @param runId the last run that worked on it; null after deletion
 * @param production what was decided
 * @param records the same again from the records
 * @param variant null if there is none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayedEntry(
        UUID id,
        String agent,
        String itemId,
        @Nullable UUID runId,
        Lane production,
        FromRecords records,
        @JsonProperty("candidate") @Nullable ByVariant variant) {

    /**
     * The second lane.
     *
     * @param reasons what differs, or why it cannot be compared
     * @param dangerous whether the agent's spec calls this other decision dangerous
     * @param fields the fields of the decision that differ
     * @param lane null if it is that of production
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FromRecords(
            RecordOutcome outcome,
            List<String> reasons,
            boolean dangerous,
            List<FieldDiff> fields,
            @Nullable Lane lane) {}

    /**
     * The third lane, compared with production.
     *
     * @param dangerous whether the agent's spec calls this decision dangerous where production's was right
     */
    @RegisterForReflection
    public record ByVariant(VariantOutcome outcome, boolean dangerous, List<FieldDiff> fields, Lane lane) {}

    /** Whether there is nothing to show. */
    boolean isSame() {
        return records.outcome() == RecordOutcome.SAME && (variant == null || variant.outcome() == VariantOutcome.SAME);
    }

    /** The order in which entries are shown: differences of the second lane, then dangerous flips, other flips, the rest. */
    int rank() {
        if (records.outcome() == RecordOutcome.DIFFERS) {
            return records.dangerous() ? 0 : 1;
        }
        if (variant != null && variant.dangerous()) {
            return 2;
        }
        if (variant != null) {
            return switch (variant.outcome()) {
                case OTHER_LABEL -> 3;
                case DECIDED, FAILED -> 4;
                case OTHER_FIELDS -> 5;
                case NOT_ASKED, SAME -> 6;
            };
        }
        return 6;
    }

    /** What the second lane says of an entry. */
    public enum RecordOutcome {
        /** The same questions and the same decision. */
        SAME,

        /** Today's code does something else with the same item and the same answers. */
        DIFFERS,

        /** The prompt has changed, so today's code asks another question; ask it live, or skip the entry. */
        OTHER_QUESTION,

        /** Item or calls were deleted, the model never answered, or the agent no longer exists. */
        NOT_ON_RECORD
    }

    /** What the third lane says of an entry. */
    public enum VariantOutcome {
        /** The same decision. */
        SAME,

        /** A decision with another label. */
        OTHER_LABEL,

        /** The same label, and other fields or tool calls. */
        OTHER_FIELDS,

        /** Decided, where production was not. */
        DECIDED,

        /** Could not be decided. */
        FAILED,

        /** Its question is not on record, and models are not asked. */
        NOT_ASKED
    }
}
