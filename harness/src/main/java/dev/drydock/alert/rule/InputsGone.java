package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Cycles fetch nothing, although most earlier cycles fetched something. */
@Singleton
class InputsGone implements AlertRule.PerAgent {

    private static final int USUAL = 50;
    private static final int MIN_SAMPLES = 10;
    private static final double NEARLY_ALWAYS = 0.8;

    private final RunHistory runs;
    private final int empty;

    InputsGone(RunHistory runs, DrydockConfig config) {
        this.runs = runs;
        this.empty = config.alerts().rules().inputsGone();
    }

    @Override
    public String name() {
        return "inputs-gone";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    /** Not enough data until there are ten cycles to compare with. */
    @Override
    public Optional<Finding> evaluate(RegisteredAgent<?, ?> agent) {
        var fetched = runs.fetched(agent.name(), empty + USUAL);
        if (fetched.size() < empty + MIN_SAMPLES
                || fetched.stream().limit(empty).anyMatch(items -> items > 0)) {
            return Optional.empty();
        }
        // the current series of empty cycles is not part of what is usual
        var before = fetched.stream().dropWhile(items -> items == 0).toList();
        var filled = before.stream().filter(items -> items > 0).count();
        if (filled == 0 || filled < before.size() * NEARLY_ALWAYS) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "%s: the last %d cycles fetched nothing; %d of the %d before fetched items"
                        .formatted(agent.name(), fetched.size() - before.size(), filled, before.size()),
                "None; the cycles count as completed.",
                "Check that the source has items and the agent may read them: folders, filters, permissions."));
    }
}
