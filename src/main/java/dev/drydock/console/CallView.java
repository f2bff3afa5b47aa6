package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A model call as the API shows it, with all that was sent and came back. */
public record CallView(
        UUID id,
        @Nullable String modelAsked,
        @Nullable String modelAnswered,
        JsonNode request,
        @Nullable JsonNode response,
        @Nullable Long tokensIn,
        @Nullable Long tokensOut,
        @Nullable String costUsd,
        @Nullable String finishReason,
        @Nullable String fault,
        Instant calledAt,
        long latencyMs) {

    static CallView of(ModelCall call, Json json) {
        return new CallView(
                call.id(),
                call.modelAsked(),
                call.modelAnswered(),
                json.tree(call.request()),
                call.response() == null ? null : json.tree(call.response()),
                call.tokensIn(),
                call.tokensOut(),
                call.costUsd() == null ? null : call.costUsd().toPlainString(),
                call.finishReason(),
                call.fault(),
                call.calledAt(),
                call.latency().toMillis());
    }
}
