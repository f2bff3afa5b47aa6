package dev.drydock.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How fast a cycle decides its entries. It begins slowly in a new process, and fast where a rate limit is not reached yet, so the second half of
 * the entries counts, too.
 */
final class DecidePace {

    private final LongSupplier nanos;
    private final long begin;
    private final List<Long> decidedAt = new ArrayList<>();

    /** The cycle begins to decide. */
    DecidePace(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** Called by any thread. */
    synchronized void decided() {
        decidedAt.add(nanos.getAsLong());
    }

    /**
     * How long so many more entries would take, for people: by the pace of the second half of the entries that were decided, and by that of
     * all. Once at least one was decided.
     */
    synchronized String estimate(int entries) {
        var all = decidedAt.size();
        var last = decidedAt.get(all - 1);
        var half = all / 2;
        var byAll = (last - begin) / all * entries;
        var byHalf = half == 0 ? byAll : (last - decidedAt.get(half - 1)) / (all - half) * entries;
        var least = RunProgress.roughly(Duration.ofNanos(Math.min(byAll, byHalf)));
        var most = RunProgress.roughly(Duration.ofNanos(Math.max(byAll, byHalf)));
        return least.equals(most) ? "about " + most : least + " to " + most;
    }
}
