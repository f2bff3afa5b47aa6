package dev.drydock.model;

import dev.drydock.agent.Tier;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Chooses the model: the one of the tier that the call site asked for, or the fallback while that one's circuit is open.
 * Each model has a circuit of its own.
 */
@Singleton
class RouteCall implements Step.Layer {

    private final ModelCatalog catalog;
    private final ModelCircuitBreakers circuits;
    private final ModelSettings settings;

    RouteCall(ModelCatalog catalog, ModelCircuitBreakers circuits, DrydockConfig config) {
        this.catalog = catalog;
        this.circuits = circuits;
        this.settings = config.model();
    }

    @Override
    public ChatResponse ask(ModelRequest inquiry, Step next) {
        var asked = asked(inquiry);
        var name = asked.chosen().name();
        try {
            return circuits.ask(asked, next);
        } catch (CircuitBreakerOpenException e) {
            var fallback = settings.fallback().filter(other -> !other.equals(name));
            if (fallback.isEmpty()) {
                throw new ModelNotServedException("the circuit of %s is open".formatted(name), e);
            }
            return fallBack(to(inquiry, fallback.get(), "fallback: the circuit of %s is open".formatted(name)), next);
        }
    }

    private ChatResponse fallBack(ModelRequest inquiry, Step next) {
        try {
            return circuits.ask(inquiry, next);
        } catch (CircuitBreakerOpenException e) {
            throw new ModelNotServedException(
                    "the circuit of %s is open, too".formatted(inquiry.chosen().name()), e);
        }
    }

    /** The question with the model that is meant, whether it serves or not. */
    ModelRequest asked(ModelRequest inquiry) {
        var cheap = inquiry.behalf().map(DecisionContext::tier).filter(Tier.Level.CHEAP::equals);
        if (cheap.isEmpty()) {
            return to(inquiry, settings.name(), "standard");
        }
        return settings.cheap()
                .map(name -> to(inquiry, name, "cheap"))
                .orElseGet(() ->
                        to(inquiry, settings.name(), "cheap was asked for, but DRYDOCK_MODEL_CHEAP names no model"));
    }

    /** With the caller's own limit for the answer, where that is the smaller. */
    private ModelRequest to(ModelRequest inquiry, String model, String why) {
        return inquiry.to(catalog.of(model).answeringAtMost(inquiry.request().maxOutputTokens()), why);
    }
}
