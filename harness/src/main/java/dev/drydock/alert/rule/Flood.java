package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.HoldReason;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run would have delivered far more than usual; its outputs wait for a person. */
@Singleton
class Flood implements AlertRule.PerAgent {

    private final HeldRuns heldRuns;

    Flood(HeldRuns heldRuns) {
        this.heldRuns = heldRuns;
    }

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        return heldRuns.waiting(agent.name(), HoldReason.FLOOD).stream()
                .findFirst()
                .map(flood -> new Finding(
                        "%s: %,d outputs of one run are held, far more than usual"
                                .formatted(agent.name(), flood.held()),
                        "Nothing of them was delivered. Labels: %s. Samples: %s."
                                .formatted(
                                        String.join(", ", flood.labels()),
                                        flood.sample().stream()
                                                .map(entry -> "/api/entries/" + entry)
                                                .collect(Collectors.joining(", "))),
                        "Approve or reject all of them: ./drydock approve %1$s or ./drydock reject %1$s, or on the page."
                                .formatted(flood.runId())));
    }
}
