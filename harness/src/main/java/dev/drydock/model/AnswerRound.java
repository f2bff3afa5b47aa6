package dev.drydock.model;

import java.util.concurrent.TimeUnit;

/** The answers that came while so many calls could be in flight: how long they took, and how many came in a time. */
final class AnswerRound {

    /** Answers faster than this never count as slow, however much slower they have become. */
    static final long FAST_ANSWER = TimeUnit.MILLISECONDS.toNanos(100);

    /** So many show how many come in a time. */
    static final int SOME_ANSWERS = 4;

    private static final double SLOWER = 1.4;
    private static final double NEARLY = 0.75;

    private final int size;
    private final long begin;
    private int answers;
    private long end;
    private double sumNanos;
    private long shortest = Long.MAX_VALUE;
    private boolean inOrder = true;

    AnswerRound(int size, long begin) {
        this.size = size;
        this.begin = begin;
        this.end = begin;
    }

    /**
     * An answer came.
     *
     * @param oldest when the oldest call began that still waits for its answer
     */
    void add(long callBegin, long oldest, long now) {
        var nanos = now - callBegin;
        inOrder &= callBegin < oldest + FAST_ANSWER;
        answers++;
        sumNanos += nanos;
        shortest = Math.min(shortest, nanos);
        end = now;
    }

    /** Calls that could be in flight. */
    int size() {
        return size;
    }

    int answers() {
        return answers;
    }

    double meanNanos() {
        return sumNanos / answers;
    }

    double answersPerNano() {
        return answers / (double) Math.max(1, end - begin);
    }

    boolean isSlowerThan(double nanos) {
        return meanNanos() > FAST_ANSWER && meanNanos() > SLOWER * nanos;
    }

    /** Whether the answers came in the order of the calls, each as long after the one before as the shortest took. */
    boolean isOneAtATime() {
        return inOrder
                && answers >= SOME_ANSWERS
                && shortest > FAST_ANSWER
                && end - begin > NEARLY * answers * shortest;
    }
}
