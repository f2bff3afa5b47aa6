package dev.drydock.judge.eval;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** So many of so many. */
@RegisterForReflection
public record Proportion(int count, int of) {

    /** None of nothing. */
    static final Proportion NONE = new Proportion(0, 0);

    private static final double QUANTILE_95 = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

    /** The bounds of a proportion, from 0 to 1. */
    @RegisterForReflection
    public record Interval(double low, double high) {}

    public Proportion {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException("%d of %d is no proportion".formatted(count, of));
        }
    }

    /** From 0 to 1; 0 of nothing. */
    public double rate() {
        return of == 0 ? 0 : (double) count / of;
    }

    /**
     * The 95 % interval by Wilson's score; from 0 to 1 if there is nothing to count.
     *
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
     */
    public Interval interval() {
        if (of == 0) {
            return new Interval(0, 1);
        }
        var z2 = QUANTILE_95 * QUANTILE_95;
        var centre = (count + z2 / 2) / (of + z2);
        var half = QUANTILE_95 * Math.sqrt(rate() * (1 - rate()) * of + z2 / 4) / (of + z2);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** As in {@code 93.0 % (87.1-96.3)}. */
    @Override
    public String toString() {
        if (of == 0) {
            return "-";
        }
        var bounds = interval();
        return String.format(Locale.ROOT, "%.1f %% (%.1f-%.1f)", rate() * 100, bounds.low() * 100, bounds.high() * 100);
    }
}
