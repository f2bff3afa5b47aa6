package dev.drydock.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers of the configured models what they can do: some small requests for each model, past budget, cache and
 * journal, within a minute together.
 */
@Singleton
public class CheckModels {

    /** Of all models together, so that a slow server does not hold the command for longer. */
    private static final Duration LONGEST = Duration.ofSeconds(50);

    private static final BigDecimal MOST_USD = new BigDecimal("0.01");

    private final ModelSettings settings;
    private final ModelCatalog catalog;
    private final ModelEndpoint endpoint;
    private final ServerFacts facts;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    CheckModels(
            DrydockConfig config,
            ModelCatalog catalog,
            ModelEndpoint endpoint,
            ServerFacts facts,
            ObjectMapper mapper) {
        this.settings = config.model();
        this.catalog = catalog;
        this.endpoint = endpoint;
        this.facts = facts;
        this.mapper = mapper;
        this.clock = InstantSource.system();
    }

    /** The configured models by their roles; one that has two roles is asked once. */
    public Map<String, String> models() {
        var roles = new LinkedHashMap<String, String>();
        roles.put(settings.name(), "standard");
        settings.cheap().ifPresent(name -> roles.putIfAbsent(name, "cheap"));
        settings.fallback().ifPresent(name -> roles.putIfAbsent(name, "fallback"));
        return roles;
    }

    /** The server's address, for people. */
    public String server() {
        return settings.baseUrl().toString();
    }

    /** What the check costs at most; empty if the price of a model is not known. */
    public Optional<BigDecimal> atMostUsd() {
        var total = BigDecimal.ZERO;
        for (var model : models().keySet()) {
            var price = catalog.price(model);
            if (price == null) {
                return Optional.empty();
            }
            total = total.add(
                    price.of(ModelQuestions.INPUT_TOKENS, 0, (long) ModelQuestions.MOST_CALLS * answer(price)));
        }
        return Optional.of(total);
    }

    /**
     * Asks all models, one after the other.
     *
     * @param progress hears of each question, as a line
     */
    public List<Findings> check(Consumer<String> progress) {
        var until = clock.instant().plus(LONGEST);
        return models().entrySet().stream()
                .map(model -> {
                    var price = catalog.price(model.getKey());
                    var ask = new AskModel(endpoint, mapper, catalog.dialect(model.getKey()), clock, until);
                    var asked = new ModelQuestions.Asked(model.getValue(), model.getKey(), price, answer(price));
                    var results = new CheckResults(
                            asked,
                            catalog.of(model.getKey(), null).contextTokens(),
                            facts.contextTokens(model.getKey()),
                            progress);
                    return new ModelQuestions(asked, ask, results).ask();
                })
                .toList();
    }

    /** The longest answer in tokens that keeps the check below a cent, where the price allows. */
    private int answer(ModelProfile.@Nullable Price price) {
        if (price == null || price.output().signum() == 0) {
            return AskModel.LONGEST_ANSWER;
        }
        var left = MOST_USD.divide(BigDecimal.valueOf(models().size()), MathContext.DECIMAL32)
                .subtract(price.of(ModelQuestions.INPUT_TOKENS, 0, 0));
        var each = price.of(0, 0, ModelQuestions.MOST_CALLS);
        var tokens = left.divide(each, MathContext.DECIMAL32).intValue();
        return Math.max(AskModel.SHORTEST_ANSWER, Math.min(AskModel.LONGEST_ANSWER, tokens));
    }

    /**
     * What the server of one model takes of the protocol, as seen by asking it.
     *
     * @param role what the model is configured as: {@code standard}, {@code cheap}, {@code fallback}
     * @param usable whether Drydock can work with it, with the settings or without
     * @param settings to add, a line each, as {@code application.properties} reads them
     */
    @RegisterForReflection
    public record Findings(String role, String model, boolean usable, List<Finding> findings, List<String> settings) {

        /**
         * The result of one question.
         *
         * @param ok whether nothing is missed
         */
        @RegisterForReflection
        public record Finding(String question, boolean ok, String result) {}
    }
}
