package dev.drydock.console.page;

import dev.drydock.console.Caller;
import dev.drydock.console.EntryActions;
import dev.drydock.console.RequestParameters;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.judge.InvalidFeedbackException;
import dev.drydock.judge.ReadEdit;
import dev.drydock.judge.RecordFeedback;
import dev.drydock.judge.RecordFeedback.Given;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** What a person says of a decision on its entry's page. */
@Path("/entries/{id}")
public final class EntryFeedback {

    private final EntryActions actions;
    private final RecordFeedback feedback;
    private final ShowDecision decisions;
    private final ReadEdit edits;
    private final Caller caller;

    EntryFeedback(
            EntryActions actions, RecordFeedback feedback, ShowDecision decisions, ReadEdit edits, Caller caller) {
        this.actions = actions;
        this.feedback = feedback;
        this.decisions = decisions;
        this.edits = edits;
        this.caller = caller;
    }

    /** A thumb, a rating, a note: what is given of them. */
    @POST
    @Path("/feedback")
    public Response feedback(
            String id,
            @RestForm @Nullable String verdict,
            @RestForm @Nullable String rating,
            @RestForm @Nullable String note) {
        var entry = actions.entry(RequestParameters.id(id));
        return given(
                entry,
                new Given(
                        RequestParameters.oneOf(Verdict.class, verdict),
                        null,
                        rating == null || rating.isBlank() ? null : number(rating),
                        note(note)));
    }

    /** Fields of the decision, as they should have been. */
    @POST
    @Path("/correct")
    public Response correct(String id, @RestForm @Nullable String note) {
        var entry = actions.entry(RequestParameters.id(id));
        var edit = edits.read(entry, decisions.entered(entry));
        if (edit.changed().isEmpty()) {
            throw new InvalidFeedbackException("Change what was wrong, then send it: no field has another value.");
        }
        return given(entry, new Given(null, edit.changed(), null, note(note)));
    }

    private Response given(Entry entry, Given given) {
        feedback.record(entry, given, Source.API, caller.actor());
        return Notice.then(
                "/entries/" + entry.id(),
                given.correct() == null ? "Thank you." : "Recorded. The correction is a proposed eval case.");
    }

    /** Refused before anything else is done if it is too long. */
    static @Nullable String note(@Nullable String note) {
        if (note != null && note.length() > RecordFeedback.LONGEST_NOTE) {
            throw new InvalidFeedbackException(
                    "The note must have at most %,d characters.".formatted(RecordFeedback.LONGEST_NOTE));
        }
        return note == null || note.isBlank() ? null : note.strip();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidFeedbackException("The rating must be a number from 1 to 5.");
        }
    }
}
