package dev.drydock.model;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a server takes at a time: a congestion window as in TCP (https://www.rfc-editor.org/rfc/rfc5681). It doubles
 * with each round of answers until the server has had enough, then begins at one again, doubles up to half of what was too
 * much, and grows by one a round from there. Not thread-safe.
 */
final class CallWindow {

    /** Answers faster than this never count as slow, however much slower they have become. */
    private static final long FAST_ANSWER = TimeUnit.MILLISECONDS.toNanos(100);

    private static final double GAIN_OF_A_LARGER_WINDOW = 1.2;
    private static final double SLOWER = 1.5;
    private static final double MUCH_SLOWER = 2;
    private static final double FORGET = 1.05;

    private final int max;
    private int size;

    /** Below it the window doubles, from it on it grows by one. */
    private int threshold;

    private long lastCut;
    private Round round;
    private @Nullable Round roundBefore;
    private double usualNanos;

    /** The answers since the window last changed. */
    private static final class Round {

        final int size;
        final long begin;
        int answers;
        double sumNanos;

        Round(int size, long begin) {
            this.size = size;
            this.begin = begin;
        }

        double meanNanos() {
            return sumNanos / answers;
        }

        double answersPerNano(long end) {
            return answers / (double) Math.max(1, end - begin);
        }
    }

    CallWindow(int start, int max, long now) {
        this.max = max;
        this.size = Math.min(start, max);
        this.threshold = max;
        this.lastCut = now;
        this.round = new Round(size, now);
    }

    /** Calls that may be in flight. */
    int size() {
        return size;
    }

    /** Whether a call that began then says something about the window of now. */
    boolean isOf(long begin) {
        return begin >= lastCut;
    }

    void answered(long begin, long now) {
        round.answers++;
        round.sumNanos += now - begin;
        if (round.answers >= size) {
            resize(now);
        }
    }

    /** The server had enough: it refused a call that began then, or did not answer it in time. */
    void cut(long begin, long now) {
        if (isOf(begin)) {
            threshold = Math.max(1, size / 2);
            size = 1;
            lastCut = now;
        }
        beginRound(now);
    }

    /** Forgets what the server took, for it was long ago. */
    void reset(long now) {
        size = Math.max(1, size / 2);
        threshold = max;
        beginRound(now);
    }

    private void beginRound(long now) {
        roundBefore = null;
        round = new Round(size, now);
    }

    private void resize(long now) {
        var mean = round.meanNanos();
        usualNanos = usualNanos == 0 ? mean : Math.min(usualNanos * FORGET, mean);
        var next = size < threshold ? doubled(now, mean) : grownByOne(mean);
        roundBefore = round;
        size = Math.max(1, Math.min(max, next));
        round = new Round(size, now);
    }

    /** As long as the server answers more calls in the same time. */
    private int doubled(long now, double mean) {
        var before = roundBefore;
        if (before != null
                && mean > FAST_ANSWER
                && mean > SLOWER * before.meanNanos()
                && round.answersPerNano(now) < GAIN_OF_A_LARGER_WINDOW * before.answersPerNano(round.begin)) {
            threshold = before.size;
            return before.size;
        }
        return Math.min(size * 2, threshold);
    }

    /** Unless answers get slower in proportion to their number. */
    private int grownByOne(double mean) {
        if (mean > FAST_ANSWER && mean > MUCH_SLOWER * usualNanos) {
            return size - 1;
        }
        return mean > FAST_ANSWER && mean > SLOWER * usualNanos ? size : size + 1;
    }
}
