package dev.drydock.judge.eval;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.OptionalInt;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * McNemar's exact test over the same cases, decided twice: whether one way is better, or chance explains the difference.
 *
 * @param better cases that turned right
 * @param worse cases that turned wrong
 * @param cases all that were decided both ways
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar 1947</a>
 */
@RegisterForReflection
public record PairedTest(int better, int worse, int cases) {

    /** A difference that chance brings in fewer than 5 of 100 evals is taken for real. */
    private static final double SIGNIFICANCE = 0.05;

    private static final int MOST_TIMES = 50;

    /** The two-sided probability of a difference as large as this one by chance; 1 if no case turned. */
    public double pValue() {
        return pValue(better, worse);
    }

    private static double pValue(int better, int worse) {
        var turned = better + worse;
        return turned == 0
                ? 1
                : BinomialTest.withDefaults()
                        .with(AlternativeHypothesis.TWO_SIDED)
                        .test(turned, better, 0.5)
                        .getPValue();
    }

    public boolean tells() {
        return pValue() < SIGNIFICANCE;
    }

    public boolean tellsWorse() {
        return worse > better && tells();
    }

    /**
     * How many more cases would tell, if they turn as often as these do. Empty if no number that a person would label does:
     * as many turned right as turned wrong.
     */
    public OptionalInt moreCases() {
        if (better == worse || tells()) {
            return OptionalInt.empty();
        }
        for (var all = cases + 1; all <= cases * MOST_TIMES; all++) {
            var factor = (double) all / cases;
            if (pValue((int) Math.round(better * factor), (int) Math.round(worse * factor)) < SIGNIFICANCE) {
                return OptionalInt.of(all - cases);
            }
        }
        return OptionalInt.empty();
    }

    /** One sentence for people. */
    public String verdict() {
        if (better + worse == 0) {
            return "no case turned: both decide alike";
        }
        var turned = "better on %d, worse on %d: ".formatted(better, worse);
        if (tells()) {
            return turned + (better > worse ? "better" : "worse") + ", beyond chance";
        }
        if (better == worse) {
            return turned + "no difference";
        }
        var more = moreCases();
        return turned + "not enough to tell"
                + (more.isPresent() ? "; %d more cases would".formatted(more.getAsInt()) : "");
    }
}
