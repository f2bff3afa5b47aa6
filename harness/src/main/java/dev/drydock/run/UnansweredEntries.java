package dev.drydock.run;

import dev.drydock.journal.SkipReason;
import dev.drydock.journal.StoreDecisions.Failure;
import dev.drydock.model.ModelProbe;
import dev.drydock.run.DecideOutcome.Reach;
import dev.drydock.run.DecideOutcome.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The entries of one cycle that the model gave no answer for, and what that says: an outage, or that they are at fault. Not thread-safe. */
final class UnansweredEntries {

    private final ModelProbe probe;
    private final List<Unavailable> entries = new ArrayList<>();
    private boolean modelAnswered;

    UnansweredEntries(ModelProbe probe) {
        this.probe = probe;
    }

    void add(Unavailable entry) {
        entries.add(entry);
    }

    /** The model decided another entry. */
    void modelAnswered() {
        modelAnswered = true;
    }

    /** Removes and returns those that the server failed, if it answered others. */
    List<UUID> takeServerFaults() {
        if (!modelAnswered) {
            return List.of();
        }
        var taken = entries.stream()
                .filter(one -> one.reach() == Reach.ENTRY && one.reason() == SkipReason.MODEL_DOWN)
                .toList();
        entries.removeAll(taken);
        return taken.stream().map(one -> one.failure().entryId()).toList();
    }

    /** Whether the server answers other requests, so that these entries are at fault. May send one small request. */
    boolean othersAnswered() {
        return modelAnswered || (areAllRejected() && probe.answers());
    }

    private boolean areAllRejected() {
        return !entries.isEmpty()
                && entries.stream()
                        .allMatch(one -> one.reach() == Reach.ENTRY && one.reason() == SkipReason.MODEL_REFUSES);
    }

    /** Their failures, where they say nothing about other entries. */
    List<Failure> failures() {
        return entries.stream()
                .filter(one -> one.reach() == Reach.ENTRY)
                .map(Unavailable::failure)
                .toList();
    }

    /** Why no entry is decided; empty if all were answered. */
    Optional<Unavailable> cause() {
        return entries.stream()
                .filter(one -> one.reach() == Reach.ALL)
                .findFirst()
                .or(() -> entries.stream().findFirst())
                .flatMap(cause -> entries.stream() // the first one may say why a circuit breaker opened
                        .filter(one -> one.reason() == cause.reason())
                        .findFirst());
    }
}
