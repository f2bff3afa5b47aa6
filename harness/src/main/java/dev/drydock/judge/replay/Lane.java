package dev.drydock.judge.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an entry was decided, or would be. Secrets are masked.
 *
 * @param decision null if it could not be decided
 * @param decidedBy {@code RULE} or {@code MODEL}
 * @param fault why it could not be decided; null if it was
 * @param tools the tool calls that change the world, in their order
 * @param costUsd decimal; null where a price is not known
 * @param traceId null where there is no trace
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lane(
        @Nullable JsonNode decision,
        @Nullable String label,
        @Nullable String decidedBy,
        @Nullable String fault,
        List<String> tools,
        @Nullable String costUsd,
        @Nullable String traceId) {}
