package dev.drydock.model;

import dev.drydock.journal.ModelCall.Tokens;
import dev.drydock.model.ModelProfile.Price;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a server says that a call took. */
final class Usage {

    static final Tokens NONE = new Tokens(null, null, null, null, 0);

    private Usage() {}

    static Tokens of(ChatResponse response) {
        var usage = response.tokenUsage();
        if (usage == null) {
            return NONE;
        }
        Long cached = null;
        Long reasoning = null;
        if (usage instanceof OpenAiTokenUsage detailed) {
            var input = detailed.inputTokensDetails();
            var output = detailed.outputTokensDetails();
            cached = input == null ? null : toLong(input.cachedTokens());
            reasoning = output == null ? null : toLong(output.reasoningTokens());
        }
        return new Tokens(toLong(usage.inputTokenCount()), cached, toLong(usage.outputTokenCount()), reasoning, 0);
    }

    /** Null where the price or what was used is not known. */
    static @Nullable BigDecimal cost(Tokens usage, @Nullable Price price) {
        return price == null || usage.in() == null || usage.out() == null
                ? null
                : price.of(usage.in(), orZero(usage.cached()), usage.out());
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static @Nullable Long toLong(@Nullable Integer count) {
        return count == null ? null : count.longValue();
    }
}
