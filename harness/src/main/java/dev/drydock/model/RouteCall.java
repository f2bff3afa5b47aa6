package dev.drydock.model;

import dev.drydock.agent.Tier;
import dev.drydock.concurrent.CircuitBreakers;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.ModelSettings;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Chooses the model: the one of the tier that the call site asked for, or the fallback while that one's circuit breaker is
 * open. Each model has a circuit breaker, which opens on outages and not on strange answers.
 */
@Singleton
@Priority(ModelInterceptor.ROUTE)
class RouteCall implements ModelInterceptor {

    private static final CircuitBreakers.Rule RULE = new CircuitBreakers.Rule(
            "dev.drydock.model.RouteCall/intercept", 20, Duration.ofSeconds(30), ModelFault::isOutage);

    private final ModelCatalog catalog;
    private final ServerFacts server;
    private final CircuitBreakers circuits;
    private final ModelSettings settings;

    RouteCall(ModelCatalog catalog, ServerFacts server, CircuitBreakers circuits, DrydockConfig config) {
        this.catalog = catalog;
        this.server = server;
        this.circuits = circuits;
        this.settings = config.model();
    }

    @Override
    public ModelAnswer intercept(ModelRequest request, Next next) {
        var asked = asked(request);
        if (request.trial().filter(Trial::repeats).isPresent()) { // no server is asked
            return next.proceed(asked);
        }
        var name = asked.chosen().name();
        try {
            return guarded(asked, next);
        } catch (CircuitBreakerOpenException e) {
            var fallback = settings.fallback()
                    .filter(other -> !other.equals(name) && request.trial().isEmpty())
                    .orElse(null);
            if (fallback == null) {
                throw circuitOpen(e, "the circuit breaker of model %s is open".formatted(name));
            }
            return fallBack(to(request, fallback, "fallback: the circuit breaker of %s is open".formatted(name)), next);
        }
    }

    private ModelAnswer fallBack(ModelRequest request, Next next) {
        try {
            return guarded(request, next);
        } catch (CircuitBreakerOpenException e) {
            throw circuitOpen(
                    e,
                    "the circuit breakers of all models are open, the last one that of %s"
                            .formatted(request.chosen().name()));
        }
    }

    /** Says first what opened it. */
    private static RuntimeException circuitOpen(CircuitBreakerOpenException fault, String open) {
        return ModelFault.Kind.CIRCUIT_OPEN.exception(
                ModelFault.of(fault).map(cause -> cause.message() + "; " + open).orElse(open));
    }

    /** Throws {@code CircuitBreakerOpenException} without sending anything. */
    private ModelAnswer guarded(ModelRequest request, Next next) {
        try {
            return circuits.guard("model " + request.chosen().name(), RULE, () -> next.proceed(request));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an interceptor declares no checked exception", e);
        }
    }

    /** The request with the model that it is meant for, whether that is available or not. */
    ModelRequest asked(ModelRequest request) {
        var beside = request.trial().filter(Trial::isBeside).map(trial -> Trial.BESIDE);
        var tried = request.trial().flatMap(Trial::model);
        if (tried.isPresent()) {
            return to(request, tried.get(), beside.orElse("trial"));
        }
        var cheap = request.context().map(DecisionContext::tier).filter(Tier.Level.CHEAP::equals);
        if (cheap.isEmpty()) {
            return to(request, settings.name(), beside.orElse("standard"));
        }
        return settings.cheap()
                .map(name -> to(request, name, beside.orElse("cheap")))
                .orElseGet(() ->
                        to(request, settings.name(), "cheap was asked for, but DRYDOCK_MODEL_CHEAP names no model"));
    }

    /** The answer's limit is the lowest of: the call's own, what the schema allows, the model's. */
    private ModelRequest to(ModelRequest request, String name, String why) {
        var tools = request.chat().toolSpecifications();
        var bounded = tools == null || tools.isEmpty(); // the arguments of a tool may be longer than the answer
        var model = catalog.of(name, bounded ? request.schema() : null);
        var context = server.contextTokens(name);
        if (context.isPresent() && (model.contextTokens() == null || context.getAsInt() < model.contextTokens())) {
            model = model.withContext(context.getAsInt());
        }
        var own = request.chat().maxOutputTokens();
        if (own != null) {
            model = model.answeringAtMost(own);
        }
        return request.to(request.longer() ? model.answeringMore() : model, why);
    }
}
