package dev.drydock.judge;

import dev.drydock.MovableClock;
import dev.drydock.database.Database;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.FeedbackJournal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What people say of outputs. */
@Singleton
public class Judging {

    private final FeedbackJournal feedback;
    private final MovableClock clock;

    Judging(FeedbackJournal feedback, MovableClock clock) {
        this.feedback = feedback;
        this.clock = clock;
    }

    public void agree(Entry entry) {
        store(entry, Verdict.UP, null, false);
    }

    public void correct(Entry entry, String label) {
        store(entry, null, label, false);
    }

    public void correctDangerous(Entry entry, String label) {
        store(entry, null, label, true);
    }

    private void store(Entry entry, @Nullable Verdict verdict, @Nullable String label, boolean dangerous) {
        feedback.store(new Feedback(
                Database.newId(),
                entry.id(),
                clock.instant(),
                Feedback.Source.API,
                verdict,
                label == null ? null : "{}",
                label,
                dangerous,
                null,
                null,
                null));
    }
}
