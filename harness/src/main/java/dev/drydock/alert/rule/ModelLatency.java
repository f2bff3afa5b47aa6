package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.CallHistory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The 95th percentile of the last hour's model calls is too high. */
@Singleton
class ModelLatency implements AlertRule.PerAgent {

    private static final Duration WITHIN = Duration.ofHours(1);
    static final long MIN_SAMPLES = 20;

    private final CallHistory calls;
    private final Duration most;
    private final InstantSource clock;

    ModelLatency(CallHistory calls, DrydockConfig config, InstantSource clock) {
        this.calls = calls;
        this.most = config.alerts().rules().modelLatency();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "model-latency";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Not enough data until there are twenty calls. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var latency = calls.latencySince(agent.name(), clock.instant().minus(WITHIN));
        if (latency.calls() < MIN_SAMPLES || latency.p95().compareTo(most) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: 5 %% of its model calls take longer than %d s"
                        .formatted(agent.name(), latency.p95().toSeconds()),
                "Calls that time out are retried; the fallback model is used if one is set.",
                "Check the provider's status page, and whether prompts have grown: tokensIn in /api/runs."));
    }
}
