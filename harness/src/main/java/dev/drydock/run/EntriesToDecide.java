package dev.drydock.run;

import dev.drydock.database.Database;
import dev.drydock.journal.UndecidedEntries;
import dev.drydock.journal.UndecidedEntries.Suspects;
import dev.drydock.journal.UndecidedEntries.Undecided;
import dev.drydock.run.CollectDecisions.Decisions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The open entries of one cycle, read a few at a time. If the database is unavailable, there are none, and the cycle ends. Used by the
 * thread that begins them.
 */
final class EntriesToDecide {

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

    private final UndecidedEntries undecided;
    private final String agent;
    private final Decisions decisions;

    EntriesToDecide(UndecidedEntries undecided, String agent, Decisions decisions) {
        this.undecided = undecided;
        this.agent = agent;
        this.decisions = decisions;
    }

    /** Sets aside those that ended their process too often. To be called before any is started. */
    Suspects suspects() {
        return read(new Suspects(0, false), () -> undecided.suspects(agent, decisions.runId()));
    }

    /** Notes that the next ones after {@code last} are started, and returns them. */
    List<Undecided> start(Caution caution, UUID last, int most) {
        return read(
                List.of(),
                () -> undecided.start(
                        agent, decisions.runId(), caution.starts(), last, Math.min(most, caution.most())));
    }

    /** One that was started before; empty if it is not open any more. */
    Optional<Undecided> one(UUID id) {
        return read(Optional.empty(), () -> undecided.one(id));
    }

    /** How many there are, with those that other cycles are to decide. */
    int count() {
        return read(0, () -> undecided.count(agent));
    }

    private <T> T read(T otherwise, Supplier<T> query) {
        try {
            return query.get();
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            decisions.databaseUnavailable();
            return otherwise;
        }
    }
}
