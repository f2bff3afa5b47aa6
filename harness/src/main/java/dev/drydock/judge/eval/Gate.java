package dev.drydock.judge.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges whether a result may replace another one. Dangerous failures may not become more. Another metric may fall by chance,
 * but not by more than {@value #THRESHOLD_PERCENT} points beyond what chance explains. No case may be missing.
 */
final class Gate {

    static final double THRESHOLD_PERCENT = 2;

    /**
     * The judgement.
     *
     * @param reasons why it does not pass; none if it passes
     */
    record Judgement(boolean passes, List<String> reasons) {

        /** One sentence for people. */
        String sentence() {
            return passes ? "PASSES" : "REGRESSED: " + String.join("; ", reasons);
        }
    }

    private Gate() {}

    static Judgement judge(Comparison comparison) {
        var reasons = new ArrayList<String>();
        if (!comparison.missing().isEmpty()) {
            reasons.add("cases are missing: %s (if they were removed on purpose, use --update-baseline)"
                    .formatted(String.join(", ", comparison.missing())));
        }
        var before = comparison.figuresBefore();
        var after = comparison.figuresAfter();
        if (after.dangerous().count() > before.dangerous().count()) {
            reasons.add("%d dangerous failures instead of %d"
                    .formatted(after.dangerous().count(), before.dangerous().count()));
        }
        fall("accuracy", before.accuracy(), after.accuracy(), comparison.labels(), reasons);
        for (var field : comparison.fields()) {
            fall(
                    field,
                    before.fields().getOrDefault(field, Proportion.NONE),
                    after.fields().getOrDefault(field, Proportion.NONE),
                    comparison.field(field),
                    reasons);
        }
        return new Judgement(reasons.isEmpty(), List.copyOf(reasons));
    }

    private static void fall(
            String metric, Proportion before, Proportion after, PairedTest test, List<String> reasons) {
        if (fell(before, after, test)) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%s fell by %.1f points to %.1f %% (%d turned wrong, %d turned right; p = %.4f)",
                    metric,
                    points(before, after),
                    after.rate() * 100,
                    test.worse(),
                    test.better(),
                    test.pValue()));
        }
    }

    /** Whether a metric is lower by more than the threshold, and by more than chance explains. */
    static boolean fell(Proportion before, Proportion after, PairedTest test) {
        return points(before, after) > THRESHOLD_PERCENT && test.tellsWorse();
    }

    private static double points(Proportion before, Proportion after) {
        return (before.rate() - after.rate()) * 100;
    }
}
