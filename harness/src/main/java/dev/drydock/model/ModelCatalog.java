package dev.drydock.model;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelFacts;
import dev.drydock.config.SettingsException;
import dev.drydock.model.ModelProfile.Price;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Map<String, ModelFacts> facts;
    private final int maxOutputTokens;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    ModelCatalog(DrydockConfig config) {
        this.facts = config.models();
        this.maxOutputTokens = config.model().maxOutputTokens();
        if (config.budget().dailyUsd().isPresent()
                || config.agents().values().stream()
                        .anyMatch(own -> own.budgetDailyUsd().isPresent())) {
            refuseWithoutPrices(config);
        }
    }

    /** A budget cannot hold what nobody can count. */
    private void refuseWithoutPrices(DrydockConfig config) {
        var unpriced = new ArrayList<String>();
        var model = config.model();
        Stream.of(Optional.of(model.name()), model.cheap(), model.fallback())
                .flatMap(Optional::stream)
                .filter(name -> price(name) == null)
                .forEach(name -> unpriced.add(
                        "a budget is set, but the price of the model %s is not known: set drydock.models.\"%s\".input-usd and .output-usd, per million tokens"
                                .formatted(name, name)));
        if (!unpriced.isEmpty()) {
            throw new SettingsException(List.copyOf(unpriced));
        }
    }

    ModelProfile of(String name) {
        var found = find(name);
        return new ModelProfile(
                name,
                price(name),
                found.map(ModelFacts::contextTokens)
                        .filter(limit -> limit.isPresent())
                        .map(limit -> limit.getAsInt())
                        .orElse(null),
                found.map(ModelFacts::outputTokens)
                        .filter(limit -> limit.isPresent())
                        .map(limit -> Math.min(limit.getAsInt(), maxOutputTokens))
                        .orElse(maxOutputTokens),
                found.map(ModelFacts::reasoning).orElse(false));
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

    /** By its name, without a date, or without what stands before a slash ({@code openai/gpt-4.1-mini}). */
    private Optional<ModelFacts> find(String name) {
        var plain = name.substring(name.lastIndexOf('/') + 1);
        return Stream.of(name, plain, EDITION.matcher(plain).replaceFirst(""))
                .map(facts::get)
                .filter(found -> found != null)
                .findFirst();
    }
}
