package dev.drydock.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a call can cost at most, and what it did cost. */
@Singleton
class WorstCase {

    private static final int PERCENT = 100;

    /** A server counts more than we do: its frames around messages, another alphabet of tokens. */
    private static final long LEAST_MARGIN_PERCENT = 120;

    /**
     * Before the call.
     *
     * @param inputUsd what it costs if it is never answered
     */
    record Estimate(long countedTokens, BigDecimal worstUsd, BigDecimal inputUsd) {}

    private final TokenCount count;

    /** By model, the server's count in percent of ours: the largest that was seen, so that the next estimate holds. */
    private final Map<String, Long> marginPercent = new ConcurrentHashMap<>();

    WorstCase(TokenCount count) {
        this.count = count;
    }

    /** Throws {@link BudgetSpentException} for a model without a price: what cannot be counted must not be spent. */
    Estimate of(ModelRequest inquiry) {
        var model = inquiry.chosen();
        var price = model.price();
        if (price == null) {
            throw new BudgetSpentException(
                    "a budget is set, but the price of the model %s is not known".formatted(model.name()));
        }
        var counted = count.of(inquiry.request());
        var input = counted * marginPercent.getOrDefault(model.name(), LEAST_MARGIN_PERCENT) / PERCENT;
        return new Estimate(counted, price.of(input, 0, model.outputTokens()), price.of(input, 0, 0));
    }

    /** The server's own count decides; where it gave none, the worst case does. */
    BigDecimal settle(ModelRequest inquiry, Estimate estimate, ChatResponse response) {
        var usage = Usage.of(response);
        var cost = Usage.cost(usage, inquiry.chosen().price());
        if (cost == null || usage.in() == null) {
            return estimate.worstUsd();
        }
        var percent = usage.in() * PERCENT / Math.max(1, estimate.countedTokens()) + 1;
        marginPercent.merge(inquiry.chosen().name(), Math.max(percent, LEAST_MARGIN_PERCENT), Math::max);
        return cost;
    }
}
