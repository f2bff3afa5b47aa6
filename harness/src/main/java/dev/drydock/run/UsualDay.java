package dev.drydock.run;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/** What a day of an agent usually takes, so that an unusual one shows. */
public final class UsualDay {

    /** So many days before today are looked at. */
    public static final int DAYS = 14;

    private static final int MIN_SAMPLES = 3;

    private UsualDay() {}

    /** The median of the days that took anything; empty if they are too few to tell. */
    public static Optional<BigDecimal> of(Collection<BigDecimal> days) {
        if (days.size() < MIN_SAMPLES) {
            return Optional.empty();
        }
        var sorted = days.stream().sorted().toList();
        var middle = sorted.get((days.size() - 1) / 2).add(sorted.get(days.size() / 2));
        return Optional.of(middle.divide(BigDecimal.valueOf(2)));
    }
}
