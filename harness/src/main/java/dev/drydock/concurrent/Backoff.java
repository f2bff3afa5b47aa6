package dev.drydock.concurrent;

import java.time.Duration;

/** Exponential backoff: the first pause, doubled after each further attempt, up to the longest. */
public record Backoff(Duration first, Duration longest) {

    /** Enough doublings to exceed any longest pause, and few enough not to overflow. */
    private static final int MAX_DOUBLINGS = 20;

    /** The pause after the given number of failed attempts, at least one. */
    public Duration after(int attempts) {
        var pause = first.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
