package dev.drydock.alert.rule;

import dev.drydock.alert.AlertRule;
import dev.drydock.config.AlertSettings.Severity;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.EntryHistory;
import dev.drydock.journal.RunHistory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Cycles fetch nothing, although most earlier cycles fetched something. Of an agent whose cycles always fetch one item, a batch, that
 * item is next to empty.
 */
@Singleton
class InputsGone implements AlertRule.PerAgent {

    private static final int USUAL = 50;
    private static final int MIN_SAMPLES = 10;
    private static final double NEARLY_ALWAYS = 0.8;
    private static final double NEXT_TO_NOTHING = 0.1;

    private final RunHistory runs;
    private final EntryHistory entries;
    private final int empty;

    InputsGone(RunHistory runs, EntryHistory entries, DrydockConfig config) {
        this.runs = runs;
        this.entries = entries;
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
        return fetched.stream().allMatch(items -> items == 1)
                ? gone(withoutEmpty(entries.sizes(agent.name(), empty + USUAL)))
                        .map(gone -> finding(
                                agent, "the last %d batches are next to empty; %d of the %d before were not", gone))
                : gone(fetched)
                        .map(gone -> finding(
                                agent, "the last %d cycles fetched nothing; %d of the %d before fetched items", gone));
    }

    /** How many are gone in a row, and how many of those before were filled. */
    private record Gone(int last, long filled, int before) {}

    private Optional<Gone> gone(List<Integer> sizes) {
        if (sizes.size() < empty + MIN_SAMPLES || sizes.stream().limit(empty).anyMatch(size -> size > 0)) {
            return Optional.empty();
        }
        // the current series of empty ones is not part of what is usual
        var before = sizes.stream().dropWhile(size -> size == 0).toList();
        var filled = before.stream().filter(size -> size > 0).count();
        return filled == 0 || filled < before.size() * NEARLY_ALWAYS
                ? Optional.empty()
                : Optional.of(new Gone(sizes.size() - before.size(), filled, before.size()));
    }

    /** Those much smaller than the upper quartile become 0: a batch has a size, even if nothing is in it. */
    private static List<Integer> withoutEmpty(List<Integer> sizes) {
        var sorted = sizes.stream().sorted().toList();
        var usual = sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 3 / 4);
        return sizes.stream()
                .map(size -> size < usual * NEXT_TO_NOTHING ? 0 : size)
                .toList();
    }

    private static Finding finding(RegisteredAgent<?, ?> agent, String what, Gone gone) {
        return new Finding(
                "%s: %s".formatted(agent.name(), what.formatted(gone.last(), gone.filled(), gone.before())),
                "None; the cycles count as completed.",
                "Check that the source has items and the agent may read them: folders, filters, permissions.");
    }
}
