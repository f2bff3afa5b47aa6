package dev.drydock.watch;

import dev.drydock.journal.ModelCall;
import dev.drydock.model.AnswerRepaired;
import dev.drydock.model.RateLimit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Duration, tokens and cost of model calls. */
@Singleton
class ModelMetrics {

    private static final String NO_AGENT = "none";

    private final MeterRegistry registry;
    private final RateLimit rates;

    /** Models whose limits are registered. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    ModelMetrics(MeterRegistry registry, RateLimit rates) {
        this.registry = registry;
        this.rates = rates;
    }

    void called(@Observes ModelCall call) {
        var model = call.route().asked();
        if (known.add(model)) {
            registerLimits(model);
        }
        var agent = call.origin().agent() == null ? NO_AGENT : call.origin().agent();
        Timer.builder("drydock.model.call")
                .tag("model", model)
                .tag("outcome", call.fault() != null ? "error" : call.fromCache() ? "cached" : "ok")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60))
                .register(registry)
                .record(call.latency());
        tokens(model, "input", call.tokens().in());
        tokens(model, "cached", call.tokens().cached());
        tokens(model, "output", call.tokens().out());
        tokens(model, "reasoning", call.tokens().reasoning());
        if (call.costUsd() == null) {
            registry.counter("drydock.unpriced.calls", "model", model).increment();
        } else {
            registry.counter("drydock.cost.usd", "agent", agent, "model", model)
                    .increment(call.costUsd().doubleValue());
        }
        if (call.tokens().cut() > 0) {
            registry.counter("drydock.cuts", "agent", agent).increment();
        }
    }

    private void registerLimits(String model) {
        Gauge.builder(
                        "drydock.model.calls.allowed",
                        rates,
                        limits -> limits.stateOfModel(model).limit())
                .tag("model", model)
                .register(registry);
        FunctionCounter.builder(
                        "drydock.model.wait.seconds",
                        rates,
                        limits -> limits.stateOfModel(model).waited().toMillis() / 1000.0)
                .tag("model", model)
                .register(registry);
        refusals(model, "rate_limited", RateLimit.State::refused);
        refusals(model, "timed_out", RateLimit.State::timedOut);
    }

    private void refusals(String model, String reason, ToDoubleFunction<RateLimit.State> number) {
        FunctionCounter.builder(
                        "drydock.model.refusals", rates, limits -> number.applyAsDouble(limits.stateOfModel(model)))
                .tag("model", model)
                .tag("reason", reason)
                .register(registry);
    }

    void repaired(@Observes AnswerRepaired event) {
        var agent = event.agent().isEmpty() ? NO_AGENT : event.agent();
        registry.counter(
                        "drydock.repairs",
                        "agent",
                        agent,
                        "reason",
                        event.reason().name())
                .increment();
    }

    private void tokens(String model, String kind, @Nullable Long number) {
        if (number != null) {
            registry.counter("drydock.model.tokens", "model", model, "kind", kind)
                    .increment(number);
        }
    }
}
