package dev.drydock.journal;

import java.util.Map;
import java.util.TreeMap;

/** Numbers, and how often each was counted. */
final class Counted {

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long size;

    void add(Map<Long, Long> more) {
        more.forEach((number, count) -> {
            counts.merge(number, count, Long::sum);
            size += count;
        });
    }

    long size() {
        return size;
    }

    /** The smallest number that this share of them does not exceed, as PostgreSQL's {@code percentile_disc}. */
    long percentile(double share) {
        long below = 0;
        for (var number : counts.entrySet()) {
            below += number.getValue();
            if (below >= share * size) {
                return number.getKey();
            }
        }
        throw new IllegalStateException("nothing was counted");
    }

    /** How many are above. */
    long above(long limit) {
        return counts.tailMap(limit, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The sum of what they have beyond. */
    long beyond(long limit) {
        return counts.tailMap(limit, false).entrySet().stream()
                .mapToLong(number -> (number.getKey() - limit) * number.getValue())
                .sum();
    }
}
