package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelFacts;
import dev.drydock.config.ModelFacts.AnswerFormat;
import dev.drydock.config.ModelFacts.LimitParameter;
import dev.drydock.config.ModelSettings;
import dev.drydock.config.SettingsException;
import dev.drydock.model.ModelProfile.Price;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Prices and limits of models, as configured. Fails the start where a budget is set for a model without a price. */
@Startup
@Singleton
public class ModelCatalog {

    private static final Logger LOG = Logger.getLogger(ModelCatalog.class);

    /** {@code gpt-4.1-mini-2025-04-14}, {@code claude-sonnet-4-5-20250929} and {@code -latest} are the model they name. */
    private static final Pattern EDITION = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|latest)$");

    /** The limit of an answer, where none is configured and no schema bounds it. */
    private static final int LONGEST_ANSWER = 4_096;

    private static final int SHORTEST_LIMIT = 256;

    private final Map<String, ModelFacts> facts;
    private final ModelSettings settings;

    /** OpenAI's own servers take the newer name of the limit for all their models. */
    private final boolean openAi;

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** Fails where the models' facts contradict other settings. */
    public ModelCatalog(DrydockConfig config) {
        this.facts = config.models();
        this.settings = config.model();
        var host = settings.baseUrl().getHost();
        this.openAi = host != null && (host.equals("api.openai.com") || host.endsWith(".openai.azure.com"));
        var faults = new ArrayList<>(withoutRoom());
        if (config.budget().dailyUsd().isPresent()
                || config.agents().values().stream()
                        .anyMatch(own -> own.budgetDailyUsd().isPresent())) {
            faults.addAll(withoutPrice());
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }

    /** A context that is filled by the answer alone leaves no room for the question. */
    private List<String> withoutRoom() {
        var faults = new ArrayList<String>();
        named().forEach(name -> find(name).ifPresent(model -> {
            var answer = settings.maxOutputTokens().orElse(0);
            if (model.contextTokens().isPresent()
                    && answer >= model.contextTokens().getAsInt()) {
                faults.add(
                        "model %s: its context of %d tokens (drydock.models.\"%s\".context-tokens) has no room for an answer of %d (drydock.model.max-output-tokens) and a question: set DRYDOCK_MODEL_MAX_OUTPUT_TOKENS to less"
                                .formatted(name, model.contextTokens().getAsInt(), name, answer));
            }
        }));
        return faults;
    }

    private Stream<String> named() {
        return Stream.of(Optional.of(settings.name()), settings.cheap(), settings.fallback())
                .flatMap(Optional::stream);
    }

    /** What a model without a price costs cannot be held within a budget. */
    private List<String> withoutPrice() {
        return named().filter(name -> price(name) == null)
                .map(name ->
                        "a budget is set, but the price of the model %s is not known: set drydock.models.\"%s\".input-usd and .output-usd, per million tokens"
                                .formatted(name, name))
                .toList();
    }

    /** A model for an answer that follows a schema; null for free text. */
    ModelProfile of(String name, @Nullable AnswerSchema schema) {
        var found = find(name);
        var reasoning = found.map(ModelFacts::reasoning).orElse(false);
        var most = found.map(ModelFacts::outputTokens)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt);
        var asked = Math.min(settings.maxOutputTokens().orElse(LONGEST_ANSWER), most.orElse(Integer.MAX_VALUE));
        if (schema != null && !reasoning && settings.maxOutputTokens().isEmpty()) {
            asked = Math.min(asked, Math.max(SHORTEST_LIMIT, schema.longestAnswer()));
        }
        return new ModelProfile(
                name,
                price(name),
                found.map(ModelFacts::contextTokens)
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt)
                        .orElse(null),
                asked,
                most.orElse(Math.max(settings.maxOutputTokens().orElse(0), LONGEST_ANSWER) * 4),
                reasoning,
                null);
    }

    /** What is configured, or known, of the protocol that the server of a model speaks. */
    Dialect dialect(String name) {
        var found = find(name);
        var reasoning = found.map(ModelFacts::reasoning).orElse(false);
        return new Dialect(
                found.flatMap(ModelFacts::answerFormat).orElse(AnswerFormat.JSON_SCHEMA),
                found.map(ModelFacts::schemaBounds).orElse(true),
                !reasoning && found.map(ModelFacts::temperature).orElse(true),
                found.flatMap(ModelFacts::limitParameter)
                        .map(LimitParameter.MAX_COMPLETION_TOKENS::equals)
                        .orElse(openAi),
                0);
    }

    /** The model whose price applies: the one that answered, if it is known, and another one than was asked. */
    ModelProfile answering(ModelProfile asked, String answered) {
        var same = plain(answered).equals(plain(asked.name()));
        return same || find(answered).isEmpty() ? asked : of(answered, null);
    }

    /** Null, with a warning for each model's first time, where no price is known: never a silent zero. */
    @Nullable
    Price price(String name) {
        var priced = find(name)
                .filter(model ->
                        model.inputUsd().isPresent() && model.outputUsd().isPresent());
        if (priced.isEmpty() && warned.add(name)) {
            LOG.warnf(
                    "The price of the model %s is not known, so what it costs is not, either: set drydock.models.\"%s\".input-usd and .output-usd, per million tokens",
                    name, name);
        }
        return priced.map(model -> new Price(
                        model.inputUsd().get(),
                        model.cachedInputUsd().or(model::inputUsd).get(),
                        model.outputUsd().get()))
                .orElse(null);
    }

    /** What a model takes for so many tokens, in USD; cached ones are part of the input. Empty if its price is not known. */
    public Optional<BigDecimal> costOf(String model, long tokensIn, long tokensCached, long tokensOut) {
        return Optional.ofNullable(price(model)).map(price -> price.of(tokensIn, tokensCached, tokensOut));
    }

    /** By its name, or without its date and what stands before a slash ({@code openai/gpt-4.1-mini}). */
    private Optional<ModelFacts> find(String name) {
        return Stream.of(name, name.substring(name.lastIndexOf('/') + 1), plain(name))
                .map(facts::get)
                .filter(found -> found != null)
                .findFirst();
    }

    private static String plain(String name) {
        return EDITION.matcher(name.substring(name.lastIndexOf('/') + 1)).replaceFirst("");
    }
}
