package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.run.SpendSpikes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Today has cost far more than a day usually does. */
@Singleton
class SpendSpike implements AlertRule.PerAgent {

    private final SpendSpikes spikes;

    SpendSpike(SpendSpikes spikes) {
        this.spikes = spikes;
    }

    @Override
    public String name() {
        return "spend-spike";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Not enough data until three of the last 14 days have cost something. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        return spikes.today(agent.name())
                .map(spiked -> new Finding(
                        "%s has cost %.4f USD today, where a day costs %.4f"
                                .formatted(agent.name(), spiked.todayUsd(), spiked.usualUsd()),
                        "It goes on as far as the budget reaches, if one is set.",
                        "costUsd in /api/runs?agent=%s: more entries, longer prompts, or a dearer model?"
                                .formatted(agent.name())));
    }
}
