package dev.drydock.judge.eval;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

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
