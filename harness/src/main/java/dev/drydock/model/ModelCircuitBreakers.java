package dev.drydock.model;

import dev.drydock.concurrent.CircuitBreakers;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.time.Duration;

/** One circuit breaker for each model: it opens on outages, not on strange answers. */
@Singleton
class ModelCircuitBreakers {

    private static final CircuitBreakers.Rule RULE = new CircuitBreakers.Rule(
            "dev.drydock.model.ModelCircuitBreakers/ask", 20, Duration.ofSeconds(30), Faults::speaksAgainstTheModel);

    private final CircuitBreakers circuits;

    ModelCircuitBreakers(CircuitBreakers circuits) {
        this.circuits = circuits;
    }

    /** Asks, or throws {@code CircuitBreakerOpenException} without asking. */
    ChatResponse ask(ModelRequest inquiry, Step next) {
        try {
            return circuits.guard("model " + inquiry.chosen().name(), RULE, () -> next.ask(inquiry));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a step of the door declares no checked exception", e);
        }
    }
}
