package dev.drydock.run;

/**
 * How many entries a run starts to decide before it waits for their end, by how many of their starts ended with a crash. One that
 * ends the process is found after three crashes, and those that were in flight with it are not blamed.
 */
enum Caution {
    /** Entries of no crash: the next ones are started while these are decided. */
    NONE(0, 200),

    /** Entries in flight during one crash: a few at a time. */
    SOME(1, 16),

    /** Entries in flight during two crashes: each alone. */
    FULL(2, 1);

    private final int starts;
    private final int most;

    Caution(int starts, int most) {
        this.starts = starts;
        this.most = most;
    }

    /** How many starts of such an entry were followed by no end. */
    int starts() {
        return starts;
    }

    /** How many are started in one statement. */
    int most() {
        return most;
    }
}
