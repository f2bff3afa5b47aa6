package dev.drydock.model;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Optional;

/** What a call can cost at most, and what it did cost. */
@Singleton
class CallCost {

    /**
     * The cost of a call.
     *
     * @param origin where the figure comes from: the header or field that named it, or the price that was applied
     */
    record Cost(BigDecimal usd, String origin) {

        static final Cost NOTHING = new Cost(BigDecimal.ZERO, "not billed");
    }

    /** A server counts more than we do: its frames around messages, another encoding. */
    private static final int LEAST_PERCENT = 120;

    /** What a call in a batch costs of its price. https://platform.openai.com/docs/guides/batch */
    static final BigDecimal BATCH_SHARE = new BigDecimal("0.5");

    private final ModelCatalog catalog;
    private final TokenCount count;

    CallCost(ModelCatalog catalog, TokenCount count) {
        this.catalog = catalog;
        this.count = count;
    }

    /**
     * The cost of a call that was answered: what the server names, else by the price of the model that answered, if the
     * catalog knows it as another model, else by the price of the model that was asked. Tokens that the server did not
     * count are counted here, and the origin says so. Empty where no price is known.
     */
    Optional<Cost> of(ModelRequest request, ModelAnswer answer) {
        var asked = request.chosen();
        var named = answer.namedCost();
        if (named != null
                && (named.usd().signum() > 0 || asked.price() == null)) { // gateways name 0 for what they do not know
            return Optional.of(new Cost(named.usd(), named.origin()));
        }
        var billed = answer.model() == null ? asked : catalog.answering(asked, answer.model());
        var price = billed.price();
        if (price == null) {
            return Optional.empty();
        }
        var usage = answer.usage();
        var estimated =
                !usage.countsInput() || (!usage.countsOutput() && !answer.text().isEmpty());
        var input = usage.countsInput() ? usage.billedInput() : servers(request);
        var output = usage.countsOutput() ? usage.billedOutput() : count.of(answer.message());
        return Optional.of(new Cost(
                price.of(input, usage.billedCached(), output),
                (estimated ? "estimated by the price of " : "price of ") + billed.name()));
    }

    /** The worst case of a call. Empty where no price is known. */
    Optional<Cost> atMost(ModelRequest request) {
        var model = request.chosen();
        return Optional.ofNullable(model.price())
                .map(price -> new Cost(
                        price.of(servers(request), 0, model.outputTokens()),
                        "worst case by the price of " + model.name()));
    }

    /** The cost of a call that was answered in a batch. What the server itself names is taken as it is. */
    Optional<Cost> ofBatch(ModelRequest request, ModelAnswer answer) {
        return of(request, answer)
                .map(single -> single.origin().contains("price of ")
                        ? new Cost(single.usd().multiply(BATCH_SHARE), single.origin() + ", in a batch")
                        : single);
    }

    /** The same of an answer whose request is not known any more. Empty where no price is known, or no tokens were counted. */
    Optional<Cost> ofBatch(String model, Usage usage) {
        return Optional.ofNullable(catalog.price(model))
                .filter(price -> usage.countsInput())
                .map(price -> new Cost(
                        price.of(usage.billedInput(), usage.billedCached(), usage.billedOutput())
                                .multiply(BATCH_SHARE),
                        "price of %s, in a batch".formatted(model)));
    }

    /** The cost of a call in a batch that came to no answer: the worst case, if the server says that it answered. */
    Optional<Cost> ofBatchFailure(ModelRequest request, int status) {
        return status / 100 == 2
                ? atMost(request)
                        .map(worst -> new Cost(worst.usd().multiply(BATCH_SHARE), worst.origin() + ", in a batch"))
                : Optional.of(Cost.NOTHING);
    }

    /** The tokens of a request, as its server will count them at most. */
    private long servers(ModelRequest request) {
        return count.atServer(request.chosen().name(), request.tokens(count), LEAST_PERCENT);
    }

    /** The cost of a call that failed: the worst case, if the server may have worked on it. Empty where no price is known. */
    Optional<Cost> ofFailure(ModelRequest request, RuntimeException fault) {
        var billed = ModelFault.of(fault).map(ModelFault::mayBeBilled).orElse(false);
        return billed ? atMost(request) : Optional.of(Cost.NOTHING);
    }
}
