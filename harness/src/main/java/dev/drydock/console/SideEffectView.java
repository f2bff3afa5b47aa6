package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tool call with side effects, as the API shows it. */
public record SideEffectView(
        UUID id,
        String tool,
        JsonNode arguments,
        String risk,
        boolean idempotent,
        String state,
        @Nullable String result,
        Instant proposedAt,
        @Nullable Instant startedAt,
        @Nullable Instant settledAt) {

    static SideEffectView of(ProposedCall call, Json json) {
        return new SideEffectView(
                call.id(),
                call.tool(),
                json.tree(call.arguments()),
                call.risk().name(),
                call.idempotent(),
                call.state().name(),
                call.result(),
                call.proposedAt(),
                call.startedAt(),
                call.settledAt());
    }
}
