package dev.drydock.model;

import org.jspecify.annotations.Nullable;

/**
 * How many calls a server takes at a time: a congestion window as in TCP (https://www.rfc-editor.org/rfc/rfc5681). It doubles
 * with each round of answers until the server has had enough, then begins at one again, doubles up to half of what was too
 * much, and grows by one a round from there. Where answers get slower with their number, half of the calls may only wait in the
 * server's queue: half the window is tried, and kept if as many answers come in the same time. Not thread-safe.
 */
final class CallWindow {

    /** A window twice as large is of use if so many times as many answers come. */
    private static final double GAIN = 1.2;

    /** Half a window is enough if so many of the answers come. */
    private static final double ENOUGH = 0.75;

    private static final double WEIGHT_OF_A_ROUND = 0.2;

    private final int start;
    private final int max;
    private int size;

    /** Below it the window doubles, from it on it grows by one. */
    private int threshold;

    private long lastCut;
    private long lastAnswer;
    private AnswerRound round;
    private @Nullable AnswerRound roundBefore;

    /** The round of the window of which half is tried; null if none is. */
    private @Nullable AnswerRound larger;

    private boolean halfTooSmall;
    private double usualNanos;

    CallWindow(int start, int max, long now) {
        this.start = Math.min(start, max);
        this.max = max;
        this.size = this.start;
        this.threshold = max;
        this.lastCut = now;
        this.lastAnswer = now;
        this.round = new AnswerRound(size, now);
    }

    /** Calls that may be in flight. */
    int size() {
        return size;
    }

    /** Whether a call that began then says something about the window of now. */
    boolean isOf(long begin) {
        return begin >= lastCut;
    }

    /** A call is sent while so many others are in flight. An idle server shows nothing of its speed. */
    void started(int inFlight, long now) {
        if (inFlight == 0 && now - lastAnswer > AnswerRound.FAST_ANSWER) {
            round = new AnswerRound(size, now);
        }
    }

    /**
     * The server answered a call that began then.
     *
     * @param inFlight other calls
     * @param oldest when the oldest of them began
     */
    void answered(long begin, int inFlight, long oldest, long now) {
        lastAnswer = now;
        if (inFlight >= size) {
            round = new AnswerRound(size, now); // calls of a larger window are still under way
            return;
        }
        round.add(begin, oldest, now);
        if (larger == null && round.answers() >= size) {
            resize(now);
        } else if (larger != null && round.answers() >= Math.max(AnswerRound.SOME_ANSWERS, size)) {
            endTrial(larger, now);
        }
    }

    /** The server had enough: it refused a call that began then, or did not answer it in time. */
    void cut(long begin, long now) {
        if (isOf(begin)) {
            threshold = Math.max(1, size / 2);
            size = 1;
            lastCut = now;
        }
        roundBefore = null;
        larger = null;
        round = new AnswerRound(size, now);
    }

    /** Doubles from one call on. */
    void startSlowly(long now) {
        reset(now);
        next(1, now);
    }

    /** Forgets what the server took, for it was long ago. */
    void reset(long now) {
        size = Math.min(size, start);
        threshold = max;
        halfTooSmall = false;
        roundBefore = null;
        larger = null;
        round = new AnswerRound(size, now);
    }

    private void resize(long now) {
        var before = roundBefore;
        if (size >= threshold) {
            if (usualNanos > 0 && size > 1 && round.isSlowerThan(usualNanos)) {
                tryHalf(round, now);
                return;
            }
            learnUsual();
            next(Math.min(max, size + 1), now);
        } else if (!halfTooSmall && round.isOneAtATime()) {
            tryHalf(round, now);
        } else if (before != null
                && round.isSlowerThan(before.meanNanos())
                && round.answersPerNano() < GAIN * before.answersPerNano()) {
            threshold = before.size();
            tryHalf(before, now);
        } else {
            learnUsual();
            next(Math.min(size * 2, threshold), now);
        }
    }

    private void learnUsual() {
        usualNanos = usualNanos == 0
                ? round.meanNanos()
                : (1 - WEIGHT_OF_A_ROUND) * usualNanos + WEIGHT_OF_A_ROUND * round.meanNanos();
    }

    private void next(int calls, long now) {
        roundBefore = round;
        larger = null;
        size = calls;
        round = new AnswerRound(size, now);
    }

    private void tryHalf(AnswerRound of, long now) {
        next(Math.max(1, of.size() / 2), now);
        larger = of;
    }

    /** Keeps half the window if the server answered as many calls in the same time. */
    private void endTrial(AnswerRound of, long now) {
        if (round.answersPerNano() >= ENOUGH * of.answersPerNano()) {
            usualNanos = round.meanNanos();
            threshold = size;
            if (size > 1) {
                tryHalf(round, now);
            } else {
                next(1, now);
            }
        } else {
            halfTooSmall = true;
            usualNanos = of.meanNanos();
            next(of.size(), now);
        }
    }
}
