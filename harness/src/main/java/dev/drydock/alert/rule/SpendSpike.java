package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.run.SpendSpikes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Today's cost is far above the median of the last days. */
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
                        "%s cost %.4f USD today; the median of recent days is %.4f"
                                .formatted(agent.name(), spiked.todayUsd(), spiked.usualUsd()),
                        "Cycles continue until the budget is spent, if one is set.",
                        "Check costUsd in /api/runs?agent=%s: more entries, longer prompts, or a more expensive model."
                                .formatted(agent.name())));
    }
}
