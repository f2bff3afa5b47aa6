package dev.drydock.model;

import dev.drydock.circuit.Circuits;
import dev.langchain4j.model.chat.response.ChatResponse;
import jakarta.inject.Singleton;
import java.time.Duration;

/** One circuit breaker for each model: it opens on outages, not on strange answers. */
@Singleton
class ModelCircuits {

    private static final Circuits.Rule RULE =
            new Circuits.Rule(20, Duration.ofSeconds(30), Faults::speaksAgainstTheModel);

    private final Circuits circuits;

    ModelCircuits(Circuits circuits) {
        this.circuits = circuits;
    }

    /** Asks, or throws {@code CircuitBreakerOpenException} without asking. */
    ChatResponse ask(Inquiry inquiry, Step next) {
        try {
            return circuits.guard("model " + inquiry.chosen().name(), RULE, () -> next.ask(inquiry));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a step of the door declares no checked exception", e);
        }
    }
}
