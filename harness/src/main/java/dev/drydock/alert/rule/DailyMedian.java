package dev.drydock.alert.rule;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/** The median of what an agent's recent days took, to which a day is compared. */
final class DailyMedian {

    /** The number of days before today that are compared. */
    static final int DAYS = 14;

    private static final int MIN_SAMPLES = 3;

    private DailyMedian() {}

    /** The median of the days that took anything; empty with fewer than three of them. */
    static Optional<BigDecimal> of(Collection<BigDecimal> days) {
        if (days.size() < MIN_SAMPLES) {
            return Optional.empty();
        }
        var sorted = days.stream().sorted().toList();
        var middle = sorted.get((days.size() - 1) / 2).add(sorted.get(days.size() / 2));
        return Optional.of(middle.divide(BigDecimal.valueOf(2)));
    }
}
