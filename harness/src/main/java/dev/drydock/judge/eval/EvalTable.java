package dev.drydock.judge.eval;

import dev.drydock.judge.eval.EvalFigures.Percentiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metrics of an eval as lines of text, the figures of what it is compared with beside them. */
final class EvalTable {

    /**
     * A metric.
     *
     * @param change empty if there is nothing to compare with
     */
    record Row(String metric, String after, String before, String change) {}

    private static final String NONE = "-";

    private final EvalFigures after;
    private final @Nullable EvalFigures before;
    private final List<Row> rows = new ArrayList<>();

    private EvalTable(EvalFigures after, @Nullable EvalFigures before) {
        this.after = after;
        this.before = before;
    }

    static List<Row> of(EvalFigures after, @Nullable EvalFigures before) {
        return new EvalTable(after, before).fill();
    }

    private List<Row> fill() {
        proportion("accuracy", EvalFigures::accuracy);
        proportion("dangerous", EvalFigures::dangerous);
        for (var field : after.fields().keySet()) {
            var none = new Proportion(0, 0);
            proportion(field, figures -> figures.fields().getOrDefault(field, none));
        }
        number("macro precision", EvalFigures::precision);
        number("macro recall", EvalFigures::recall);
        number("macro F1", EvalFigures::f1);
        proportion("errors", EvalFigures::errors);
        proportion("by rule", EvalFigures::byRule);
        text("latency p50", figures -> latency(figures.latencyMillis(), Percentiles::p50));
        text("latency p95", figures -> latency(figures.latencyMillis(), Percentiles::p95));
        cost("cost per case", 1);
        cost("cost per 1,000", 1_000);
        return List.copyOf(rows);
    }

    private void proportion(String metric, Function<EvalFigures, Proportion> value) {
        var change = before == null || value.apply(before).of() == 0
                ? ""
                : points((value.apply(after).rate() - value.apply(before).rate()) * 100, 1);
        add(metric, figures -> value.apply(figures).toString(), change);
    }

    private void number(String metric, Function<EvalFigures, Double> value) {
        add(
                metric,
                figures -> String.format(Locale.ROOT, "%.3f", value.apply(figures)),
                before == null ? "" : points(value.apply(after) - value.apply(before), 3));
    }

    private void text(String metric, Function<EvalFigures, String> value) {
        add(metric, value, "");
    }

    private void cost(String metric, int cases) {
        var now = after.costPer(cases);
        var then = before == null ? null : before.costPer(cases);
        add(metric, figures -> usd(figures.costPer(cases)), now == null || then == null ? "" : change(then, now));
    }

    /** In dollars, and in percent of the earlier cost. */
    private static String change(BigDecimal before, BigDecimal after) {
        var change = after.subtract(before);
        if (change.signum() == 0) {
            return "=";
        }
        var usd = (change.signum() > 0 ? "+" : "") + change.stripTrailingZeros().toPlainString() + " USD";
        return before.signum() == 0
                ? usd
                : "%s (%+.0f %%)".formatted(usd, change.doubleValue() / before.doubleValue() * 100);
    }

    private void add(String metric, Function<EvalFigures, String> value, String change) {
        rows.add(new Row(metric, value.apply(after), before == null ? "" : value.apply(before), change));
    }

    private static String points(double change, int digits) {
        var text = String.format(Locale.ROOT, "%+." + digits + "f", change);
        return text.matches("[+-]0\\.?0*") ? "=" : text;
    }

    private static String latency(@Nullable Percentiles millis, Function<Percentiles, Double> which) {
        return millis == null ? NONE : String.format(Locale.ROOT, "%,.0f ms", which.apply(millis));
    }

    private static String usd(@Nullable BigDecimal usd) {
        return usd == null ? NONE : Objects.requireNonNull(usd).toPlainString() + " USD";
    }
}
