package dev.drydock.agent;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a good run of an agent looks like. A run that completes and breaks one is HOLLOW: it alerts, and its outputs are held.
 *
 * <pre>{@code
 * .expecting(items(20, 500), share("OTHER", 0, 0.3), outputTokens(10, 400))
 * .expecting(run -> run.labels().containsKey("TOTAL") ? Optional.empty() : Optional.of("no total"))
 * }</pre>
 */
@FunctionalInterface
public interface Expectation {

    /**
     * What a run decided, with what runs before it decided that did not complete.
     *
     * @param items entries that it decided, and those that it leaves to the next run
     * @param labels the number of decided entries by label
     * @param outputTokens of an entry that the model decided, on average; empty if there is none, or if the server reports none
     */
    record Figures(int items, Map<String, Integer> labels, OptionalDouble outputTokens) {

        /** The number of decided entries. */
        public int decided() {
            return labels.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * What is wrong with the run, for a person; empty if nothing is. It stands in logs and alerts, so it must not quote an item.
     * Called once when the steps of a run are done, without side effects. What it throws counts as broken.
     */
    Optional<String> brokenBy(Figures run);

    /** So many entries, both bounds included. */
    static Expectation items(int least, int most) {
        return within(
                least, most, run -> OptionalDouble.of(run.items()), "expected %2$.0f to %3$.0f items, got %1$.0f");
    }

    /** No other labels than these. */
    static Expectation labels(String... known) {
        var all = Set.of(known);
        return run -> {
            var others = new TreeSet<>(run.labels().keySet());
            others.removeAll(all);
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of("expected only the labels %s, got %s".formatted(List.of(known), others));
        };
    }

    /** A label's share of the decided entries, from 0 to 1, both bounds included. Holds for a run that decided nothing. */
    static Expectation share(String label, double least, double most) {
        return within(
                least * 100,
                most * 100,
                run -> run.decided() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(100.0 * run.labels().getOrDefault(label, 0) / run.decided()),
                "expected %2$.0f to %3$.0f %% of the entries to be " + label.replace("%", "%%") + ", got %1$.0f %%");
    }

    /** Tokens of the answers for an entry, on average, both bounds included. Holds for a run in which the model decided nothing. */
    static Expectation outputTokens(int least, int most) {
        return within(
                least, most, Figures::outputTokens, "expected %2$.0f to %3$.0f output tokens an entry, got %1$.0f");
    }

    private static Expectation within(
            double least, double most, Function<Figures, OptionalDouble> figure, String sentence) {
        if (least > most) {
            throw new IllegalArgumentException("an expectation's least %s is above its most %s".formatted(least, most));
        }
        return run -> figure.apply(run).stream()
                .filter(value -> value < least || value > most)
                .mapToObj(value -> String.format(Locale.ROOT, sentence, value, least, most))
                .findFirst();
    }
}
