package dev.drydock.judge.eval;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** How often each label was given where each label was right. Labels that are neither right nor given do not count. */
public final class ConfusionMatrix {

    /** What was right, and what was given. */
    public record Pair(String right, String given) {}

    /**
     * The scores of one label.
     *
     * @param precision of the cases that were given the label, how many have it
     * @param recall of the cases that have the label, how many were given it
     */
    public record LabelScore(String label, Proportion precision, Proportion recall) {

        /** The harmonic mean of precision and recall; 0 if the label was never given rightly. */
        public double f1() {
            var both = precision.of() + recall.of();
            return both == 0 ? 0 : 2.0 * recall.count() / both;
        }

        /** How many cases have the label. */
        public int support() {
            return recall.of();
        }
    }

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final TreeSet<String> labels = new TreeSet<>();

    public ConfusionMatrix(Collection<Pair> pairs) {
        for (var pair : pairs) {
            labels.add(pair.right());
            labels.add(pair.given());
            counts.computeIfAbsent(pair.right(), label -> new TreeMap<>()).merge(pair.given(), 1, Integer::sum);
        }
    }

    /** In alphabetical order. */
    public List<String> labels() {
        return List.copyOf(labels);
    }

    public int count(String right, String given) {
        return counts.getOrDefault(right, Map.of()).getOrDefault(given, 0);
    }

    /** How many of all are on the diagonal. */
    public Proportion accuracy() {
        var all = labels.stream().mapToInt(this::support).sum();
        return new Proportion(
                labels.stream().mapToInt(label -> count(label, label)).sum(), all);
    }

    private int support(String right) {
        return labels.stream().mapToInt(given -> count(right, given)).sum();
    }

    /** In the order of the labels. */
    public List<LabelScore> scores() {
        return labels.stream()
                .map(label -> {
                    var hits = count(label, label);
                    var given = labels.stream()
                            .mapToInt(right -> count(right, label))
                            .sum();
                    return new LabelScore(label, new Proportion(hits, given), new Proportion(hits, support(label)));
                })
                .toList();
    }

    /** The mean over the labels, each of the same weight; 0 without labels. */
    public double macro(ToDoubleFunction<LabelScore> score) {
        return scores().stream().mapToDouble(score).average().orElse(0);
    }
}
