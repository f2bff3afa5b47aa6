package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Json;
import dev.drydock.journal.ModelCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A model call as the API shows it, with request, response and the reason for the model's choice. */
public record CallView(
        UUID id,
        String modelAsked,
        @Nullable String modelAnswered,
        String route,
        int attempt,
        String promptName,
        String promptVersion,
        JsonNode request,
        @Nullable JsonNode response,
        @Nullable Long tokensIn,
        @Nullable Long tokensCached,
        @Nullable Long tokensOut,
        @Nullable Long tokensReasoning,
        long tokensCut,
        @Nullable String costUsd,
        @Nullable String finishReason,
        @Nullable String fault,
        boolean fromCache,
        Instant calledAt,
        long latencyMs) {

    public static CallView of(ModelCall call, Json json) {
        return new CallView(
                call.id(),
                call.route().asked(),
                call.route().answered(),
                call.route().why(),
                call.attempt(),
                call.prompt().name(),
                call.prompt().version(),
                json.tree(call.request()),
                call.response() == null ? null : json.tree(call.response()),
                call.tokens().in(),
                call.tokens().cached(),
                call.tokens().out(),
                call.tokens().reasoning(),
                call.tokens().cut(),
                usd(call.costUsd()),
                call.finishReason(),
                call.fault(),
                call.fromCache(),
                call.calledAt(),
                call.latency().toMillis());
    }

    /** Decimal, without an exponent or trailing zeros; null if unknown. */
    public static @Nullable String usd(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.stripTrailingZeros().toPlainString();
    }
}
