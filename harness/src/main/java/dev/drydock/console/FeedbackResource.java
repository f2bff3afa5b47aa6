package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.judge.RecordFeedback;
import dev.drydock.judge.RecordFeedback.Given;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person says of a decision. */
@Path("/api/entries/{id}/feedback")
public final class FeedbackResource {

    /** The body of a request: at least one of these. */
    @RegisterForReflection
    public record Body(
            @Nullable String verdict,
            @Nullable JsonNode correct,
            @Nullable Integer rating,
            @Nullable String note) {}

    /** One piece of feedback. */
    @RegisterForReflection
    public record View(
            Instant givenAt,
            Source source,
            @Nullable Verdict verdict,
            @Nullable JsonNode correct,
            @Nullable String correctLabel,
            boolean dangerous,
            @Nullable Integer rating,
            @Nullable String note) {

        static View of(Feedback feedback, Json json) {
            return new View(
                    feedback.givenAt(),
                    feedback.source(),
                    feedback.verdict(),
                    feedback.correct() == null ? null : json.tree(feedback.correct()),
                    feedback.correctLabel(),
                    feedback.dangerous(),
                    feedback.rating(),
                    feedback.note());
        }
    }

    private final JournalQueries journal;
    private final RecordFeedback record;
    private final Json json;
    private final Caller caller;

    FeedbackResource(JournalQueries journal, RecordFeedback record, Json json, Caller caller) {
        this.journal = journal;
        this.record = record;
        this.json = json;
        this.caller = caller;
    }

    /** Stores it, and returns all feedback of the entry, in the order in which it was given. */
    @POST
    public List<View> give(String id, @Nullable Body body) {
        var entry = journal.entry(RequestParameters.id(id))
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no entry %s.".formatted(id)));
        record.record(entry, given(body), Source.API, caller.actor());
        return journal.feedbackOf(entry.id()).stream()
                .map(feedback -> View.of(feedback, json))
                .toList();
    }

    private static Given given(@Nullable Body body) {
        return body == null
                ? new Given(null, null, null, null)
                : new Given(
                        RequestParameters.oneOf(Verdict.class, body.verdict()),
                        body.correct() == null || body.correct().isNull() ? null : body.correct(),
                        body.rating(),
                        body.note());
    }
}
