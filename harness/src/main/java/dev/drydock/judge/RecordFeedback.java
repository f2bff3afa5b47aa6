package dev.drydock.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.database.Database;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.Feedback;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.FeedbackJournal;
import dev.drydock.judge.FeedbackEvent.DangerousMistake;
import dev.drydock.judge.FeedbackEvent.OutputJudged;
import dev.drydock.judge.ReadCorrection.Corrected;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes what a person says of a decision. It changes neither the decision nor its delivery. */
@Singleton
public class RecordFeedback {

    /** Of a note, in characters. */
    public static final int LONGEST_NOTE = 2_000;

    private static final int BEST = 5;
    private static final Set<EntryState> LEAVING = EnumSet.of(EntryState.DELIVERED, EntryState.PENDING);

    /**
     * At least one of these.
     *
     * @param correct fields of the decision, or values: {@code "BILLING, TODAY"}
     * @param rating from 1 to 5
     */
    public record Given(
            @Nullable Verdict verdict,
            @Nullable JsonNode correct,
            @Nullable Integer rating,
            @Nullable String note) {}

    private final Agents agents;
    private final ReadCorrection corrections;
    private final FeedbackJournal journal;
    private final Event<FeedbackEvent> events;
    private final InstantSource clock;

    @Inject
    AuditLog audit;

    RecordFeedback(
            Agents agents,
            ReadCorrection corrections,
            FeedbackJournal journal,
            Event<FeedbackEvent> events,
            InstantSource clock) {
        this.agents = agents;
        this.corrections = corrections;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Stores it together with its line in the audit log; a correction is a proposed eval case from then on. False if the same link
     * or reaction has recorded it before.
     *
     * @throws InvalidFeedbackException if it does not fit the decision; nothing is stored
     */
    public boolean record(Entry entry, Given given, Source source, Actor actor) {
        return record(entry, given, source, null, store -> audited(entry, actor, store));
    }

    /** The same reaction of another person is recorded, too. */
    public boolean recordReaction(Entry entry, Verdict verdict, Actor actor) {
        var given = new Given(verdict, null, null, null);
        return record(entry, given, Source.SLACK, actor.name(), store -> audited(entry, actor, store));
    }

    /** Of an import, without a line in the audit log. */
    public boolean recordImported(Entry entry, Given given) {
        return record(entry, given, Source.IMPORT, null, BooleanSupplier::getAsBoolean);
    }

    /**
     * Stores the changes of a person who approves with changes, together with the approval. False, and nothing is stored, if the
     * state of the entry does not allow it.
     *
     * @param approval has its own line in the audit log
     */
    public boolean recordChanges(Entry entry, Given changes, BooleanSupplier approval) {
        return record(
                entry,
                changes,
                Source.API,
                null,
                store -> audit.inOneTransaction(() -> approval.getAsBoolean() && store.getAsBoolean()));
    }

    private boolean audited(Entry entry, Actor actor, BooleanSupplier store) {
        return audit.recordIfDone(actor, Action.GAVE_FEEDBACK, Subject.entry(entry.agent(), entry.id()), store);
    }

    private boolean record(
            Entry entry, Given given, Source source, @Nullable String by, Predicate<BooleanSupplier> storing) {
        validate(given);
        var decision = entry.decision();
        if (decision == null) {
            throw new InvalidFeedbackException(
                    "The entry has no decision to speak of: it is not decided, or its content was deleted.");
        }
        var correct = given.correct();
        var corrected = correct == null ? null : corrections.read(agentOf(entry), decision, correct);
        var feedback = feedback(entry, given, source, corrected, by);
        var stored = storing.test(() -> journal.store(feedback));
        if (stored && corrected != null && corrected.dangerous()) {
            events.fire(new DangerousMistake(
                    entry.agent(),
                    entry.id(),
                    corrected.label(),
                    Objects.requireNonNullElse(entry.label(), ""),
                    corrected.wrong(),
                    LEAVING.contains(entry.state())));
        }
        if (stored) {
            events.fire(new OutputJudged(entry.agent()));
        }
        return stored;
    }

    private RegisteredAgent<?, ?> agentOf(Entry entry) {
        return agents.named(entry.agent())
                .orElseThrow(() -> new InvalidFeedbackException(
                        "The agent %s is not part of this program; its decisions cannot be corrected here."
                                .formatted(entry.agent())));
    }

    private Feedback feedback(
            Entry entry, Given given, Source source, @Nullable Corrected corrected, @Nullable String by) {
        return new Feedback(
                Database.newId(),
                entry.id(),
                clock.instant(),
                source,
                given.verdict(),
                corrected == null ? null : corrected.fields(),
                corrected == null ? null : corrected.label(),
                corrected != null && corrected.dangerous(),
                given.rating(),
                given.note(),
                by);
    }

    private static void validate(Given given) {
        if (given.verdict() == null && given.correct() == null && given.rating() == null && given.note() == null) {
            throw new InvalidFeedbackException("Send at least one of verdict (up or down), correct, rating and note.");
        }
        if (given.rating() != null && (given.rating() < 1 || given.rating() > BEST)) {
            throw new InvalidFeedbackException("rating must be a number from 1 to %d.".formatted(BEST));
        }
        if (given.note() != null && given.note().length() > LONGEST_NOTE) {
            throw new InvalidFeedbackException("note must have at most %,d characters.".formatted(LONGEST_NOTE));
        }
    }
}
