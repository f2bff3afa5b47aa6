package dev.drydock.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a model answered in the attempts at one entry. The answers up to the last tool call that changes the world are kept
 * for the next attempt, so that it makes the same calls; what came after them is asked again.
 */
final class Transcript {

    /** An answer of the model; the key is the same for the same conversation, whatever its tools said. */
    record Answer(String key, String answer) {}

    private List<Answer> kept;
    private final List<Supplier<Answer>> given = new ArrayList<>();
    private int replayed;
    private boolean fresh;

    Transcript(List<Answer> kept) {
        this.kept = kept;
    }

    /** Begins a new attempt. */
    void rewind() {
        given.clear();
        replayed = 0;
        fresh = false;
    }

    /** The kept answer to a conversation. After the first conversation that is another one, there is none. */
    Optional<Answer> replay(Supplier<String> key) {
        if (!replays()) {
            return Optional.empty();
        }
        var next = kept.get(replayed);
        if (!next.key().equals(key.get())) {
            replayed = kept.size();
            return Optional.empty();
        }
        replayed++;
        given.add(() -> next);
        return Optional.of(next);
    }

    /** Whether kept answers are left in this attempt. */
    boolean replays() {
        return replayed < kept.size();
    }

    /** Adds an answer that the model has given in this attempt; it is read only if it is kept. */
    void add(Supplier<Answer> answer) {
        given.add(answer);
        fresh = true;
    }

    /** Keeps the answers of this attempt; empty if they are kept already. */
    Optional<List<Answer>> keep() {
        if (!fresh) {
            return Optional.empty();
        }
        kept = given.stream().map(Supplier::get).toList();
        replayed = kept.size();
        fresh = false;
        return Optional.of(kept);
    }
}
