package dev.drydock.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.ModelCall.Tokens;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a call, as the server counted them. Servers disagree on what includes what: some count cached tokens beside
 * the prompt, or reasoning beside the completion. {@link #billedInput} and {@link #billedOutput} read the figures so that
 * no reading of them costs more.
 *
 * @param in tokens of the prompt
 * @param cached of the prompt, those that the server had seen before
 * @param written tokens written to the server's cache, counted beside the prompt
 * @param out tokens of the answer
 * @param reasoning of the answer, those that are not shown
 * @param asSent the server's own JSON; null if it sent none
 */
record Usage(
        @Nullable Long in,
        @Nullable Long cached,
        long written,
        @Nullable Long out,
        @Nullable Long reasoning,
        @Nullable Long total,
        @Nullable JsonNode asSent) {

    static final Usage NONE = new Usage(null, null, 0, null, null, null, null);

    /** Reads the usage of an answer, in the names of OpenAI, Anthropic and DeepSeek. A figure that is no count is ignored. */
    static Usage read(JsonNode usage) {
        if (!usage.isObject() || usage.isEmpty()) {
            return NONE;
        }
        var cached = first(
                usage,
                "/prompt_tokens_details/cached_tokens",
                "/input_tokens_details/cached_tokens",
                "/prompt_cache_hit_tokens",
                "/cache_read_input_tokens",
                "/cached_tokens");
        var reasoning = first(
                usage,
                "/completion_tokens_details/reasoning_tokens",
                "/output_tokens_details/reasoning_tokens",
                "/reasoning_tokens");
        var written = first(usage, "/cache_creation_input_tokens");
        return new Usage(
                first(usage, "/prompt_tokens", "/input_tokens"),
                cached,
                written == null ? 0 : written,
                first(usage, "/completion_tokens", "/output_tokens"),
                reasoning,
                first(usage, "/total_tokens"),
                usage);
    }

    /** Whether the server counted a prompt, so that its figures can be used. */
    boolean countsInput() {
        return in != null && in > 0;
    }

    boolean countsOutput() {
        return billedOutput() > 0;
    }

    /** All tokens that the server has read: the prompt, and what it counts beside it. */
    long billedInput() {
        return orZero(in) + (cachedIsBeside() ? orZero(cached) : 0) + written;
    }

    long billedCached() {
        return cachedIsBeside() ? orZero(cached) : Math.min(orZero(cached), orZero(in));
    }

    /** All tokens that were written, also those that only the total or the details show. */
    long billedOutput() {
        var shown = orZero(out);
        var detailed = orZero(reasoning) > shown ? shown + orZero(reasoning) : shown;
        return Math.max(detailed, in == null ? 0 : orZero(total) - billedInput());
    }

    private boolean cachedIsBeside() {
        return orZero(cached) > orZero(in);
    }

    /** As the journal keeps them: the server's figures, not our reading of them. */
    Tokens toTokens(long cut) {
        return new Tokens(in, cached, out, reasoning, cut);
    }

    /** For the platform's events and metrics. Null if the server sent no figures. */
    @Nullable
    TokenUsage toTokenUsage() {
        return in == null && out == null ? null : new TokenUsage(toInt(in), toInt(out));
    }

    private static @Nullable Integer toInt(@Nullable Long count) {
        return count == null ? null : (int) Math.min(count, Integer.MAX_VALUE);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static @Nullable Long first(JsonNode usage, String... pointers) {
        for (var pointer : pointers) {
            var count = usage.at(pointer).asLong(-1);
            if (count >= 0) {
                return count;
            }
        }
        return null;
    }
}
