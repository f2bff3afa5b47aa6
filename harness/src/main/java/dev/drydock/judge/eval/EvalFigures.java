package dev.drydock.judge.eval;

import dev.drydock.judge.eval.ConfusionMatrix.LabelScore;
import dev.drydock.judge.eval.ConfusionMatrix.Pair;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of an eval.
 *
 * @param accuracy cases with the right label
 * @param dangerous cases with a mistake that the agent's spec calls dangerous
 * @param errors cases that could not be decided
 * @param fields cases in which each expected field is as expected
 * @param latencyMillis of the model's calls for a case; null if no model was asked
 * @param costUsd of all cases; null if a price is not known
 */
@RegisterForReflection
public record EvalFigures(
        Proportion accuracy,
        Proportion dangerous,
        Proportion errors,
        Proportion byRule,
        double precision,
        double recall,
        double f1,
        SortedMap<String, Proportion> fields,
        @Nullable Percentiles latencyMillis,
        @Nullable BigDecimal costUsd) {

    static EvalFigures of(List<CaseResult> cases) {
        var matrix = matrix(cases);
        var costs = cases.stream().map(CaseResult::costUsd).toList();
        return new EvalFigures(
                count(cases, CaseResult::correct),
                count(cases, CaseResult::dangerous),
                count(cases, each -> each.fault() != null),
                count(cases, CaseResult::byRule),
                matrix.macro(score -> score.precision().rate()),
                matrix.macro(score -> score.recall().rate()),
                matrix.macro(LabelScore::f1),
                fields(cases),
                Percentiles.of(cases.stream()
                                .map(CaseResult::latencyMillis)
                                .filter(Objects::nonNull)
                                .toList())
                        .orElse(null),
                costs.contains(null)
                        ? null
                        : costs.stream().filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    static ConfusionMatrix matrix(List<CaseResult> cases) {
        return new ConfusionMatrix(cases.stream()
                .map(each -> new Pair(each.label(), each.decided()))
                .toList());
    }

    private static Proportion count(List<CaseResult> cases, Predicate<CaseResult> some) {
        return new Proportion((int) cases.stream().filter(some).count(), cases.size());
    }

    private static SortedMap<String, Proportion> fields(List<CaseResult> cases) {
        var fields = new TreeMap<String, Proportion>();
        for (var each : cases) {
            each.fields()
                    .forEach((field, right) -> fields.merge(
                            field,
                            new Proportion(right ? 1 : 0, 1),
                            (some, more) -> new Proportion(some.count() + more.count(), some.of() + more.of())));
        }
        return fields;
    }

    /** Null if a price is not known or there is no case. */
    @Nullable
    BigDecimal costPer(int cases) {
        return costUsd == null || accuracy.of() == 0
                ? null
                : costUsd.multiply(BigDecimal.valueOf(cases))
                        .divide(BigDecimal.valueOf(accuracy.of()), 6, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
    }

    /** The middle of some measurements, and what 95 of 100 of them do not exceed; interpolated between neighbours, as NumPy does. */
    @RegisterForReflection
    public record Percentiles(double p50, double p95) {

        /** Empty if there is nothing measured. */
        public static Optional<Percentiles> of(Collection<Long> measured) {
            if (measured.isEmpty()) {
                return Optional.empty();
            }
            var values = measured.stream().mapToDouble(Long::doubleValue).toArray();
            var quantiles = Quantile.withDefaults().with(EstimationMethod.HF7).evaluate(values, 0.5, 0.95);
            return Optional.of(new Percentiles(quantiles[0], quantiles[1]));
        }
    }
}
