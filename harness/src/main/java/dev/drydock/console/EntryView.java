package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the API shows it in lists.
 *
 * @param holdReason why it is HELD; null in any other state
 * @param tokensCut more than 0 if the model was not shown all of the item
 */
public record EntryView(
        UUID id,
        String agent,
        String itemId,
        String itemVersion,
        String state,
        @Nullable String holdReason,
        @Nullable String mode,
        @Nullable JsonNode decision,
        @Nullable String label,
        @Nullable String decidedBy,
        @Nullable String fault,
        @Nullable UUID runId,
        int attempts,
        long tokensCut,
        Instant admittedAt,
        @Nullable Instant decidedAt,
        @Nullable Instant deliveredAt) {

    public static EntryView of(Entry entry, Json json) {
        return new EntryView(
                entry.id(),
                entry.agent(),
                entry.itemId(),
                entry.itemVersion(),
                entry.state().name(),
                entry.holdReason() == null ? null : entry.holdReason().name(),
                entry.mode() == null ? null : entry.mode().name(),
                entry.decision() == null ? null : json.tree(entry.decision()),
                entry.label(),
                entry.decidedBy(),
                entry.fault(),
                entry.runId(),
                entry.attempts(),
                entry.tokensCut(),
                entry.admittedAt(),
                entry.decidedAt(),
                entry.deliveredAt());
    }
}
