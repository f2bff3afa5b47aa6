package dev.drydock.console;

import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.Entry;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.journal.ReviewEntries.Unsure;
import dev.drydock.journal.SideEffectJournal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a person does with an entry, by the API or the page. What was done is in the audit log; what was refused names the
 * reason, and who was first.
 */
@Singleton
public class EntryActions {

    /** How an action ended. */
    public sealed interface Result {

        /** The entry as it is now; fails with 409 if the action was refused. */
        default Entry orConflict() {
            if (this instanceof Refused refused) {
                throw Problem.of(Response.Status.CONFLICT, refused.reason());
            }
            return ((Done) this).entry();
        }
    }

    /** It was done. */
    public record Done(Entry entry) implements Result {}

    /** The entry's state does not allow it. */
    public record Refused(Entry entry, String reason) implements Result {}

    private static final String APPROVABLE = "HELD";

    private final JournalQueries journal;
    private final SideEffectJournal sideEffects;
    private final ReviewEntries review;
    private final Agents agents;
    private final Caller caller;

    @Inject
    AuditLog audit;

    EntryActions(
            JournalQueries journal, SideEffectJournal sideEffects, ReviewEntries review, Agents agents, Caller caller) {
        this.journal = journal;
        this.sideEffects = sideEffects;
        this.review = review;
        this.agents = agents;
        this.caller = caller;
    }

    /**
     * Approves a HELD entry: it is delivered within seconds, or decided again if tool calls waited for approval.
     *
     * @param unsure what a person found out about a tool call that is UNSURE; null if there is none
     */
    public Result approve(UUID id, @Nullable Unsure unsure) {
        return act(
                id,
                Action.APPROVED,
                APPROVABLE,
                entry -> unsure == null ? review.approve(entry) : review.approve(entry, unsure));
    }

    /** Rejects an entry that is ADMITTED, HELD, or PENDING and not in delivery. */
    public Result reject(UUID id) {
        return act(id, Action.REJECTED, "ADMITTED, HELD, or PENDING and not in delivery", review::reject);
    }

    /** Delivers an UNDELIVERABLE or EXPIRED entry again. */
    public Result redeliver(UUID id) {
        return act(id, Action.REDELIVERED, "UNDELIVERABLE or EXPIRED", review::redeliver);
    }

    /** Returns a POISONED or REJECTED entry to be decided again, an UNDELIVERABLE one to be delivered or approved again. */
    public Result retry(UUID id) {
        var mode = agents.named(entry(id).agent())
                .map(agent -> agent.settings().mode())
                .orElse(Mode.SHADOW);
        return act(id, Action.RETURNED, "POISONED, UNDELIVERABLE or REJECTED", entry -> review.retry(entry, mode));
    }

    /** Fails with 404 if there is none. */
    public Entry entry(UUID id) {
        return journal.entry(id)
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no entry %s.".formatted(id)));
    }

    private Result act(UUID id, Action action, String from, Predicate<UUID> move) {
        return audit.recordIfDone(
                        caller.actor(), action, Subject.entry(entry(id).agent(), id), () -> move.test(id))
                ? new Done(entry(id))
                : new Refused(entry(id), whyNot(id, from));
    }

    /** Why a HELD entry was neither approved nor rejected by this action, and who was first. */
    public String whyNotReviewed(UUID id, Action action) {
        return action == Action.REJECTED ? conflict(entry(id), APPROVABLE) : whyNot(id, APPROVABLE);
    }

    private String whyNot(UUID id, String from) {
        var entry = entry(id);
        if (journal.item(id).isEmpty()) {
            return "The entry's content was deleted after drydock.retention.payloads; there is nothing to send.";
        }
        return from.equals(APPROVABLE) ? whyNotApproved(entry) : conflict(entry, from);
    }

    private String conflict(Entry entry, String from) {
        var first = audit.lastMove(entry.id())
                .map(event -> " %s %s at %s."
                        .formatted(
                                event.actor().name(),
                                event.action().words(),
                                event.at().truncatedTo(ChronoUnit.SECONDS)))
                .orElse("");
        return "The entry is %s; this action requires %s.%s".formatted(entry.state(), from, first);
    }

    private String whyNotApproved(Entry entry) {
        if (entry.holdReason() == HoldReason.CLAIM) {
            return "It cannot be approved: %s.".formatted(entry.fault());
        }
        return sideEffects.of(entry.id()).stream()
                .filter(call -> call.state() == State.UNSURE)
                .findFirst()
                .map(call ->
                        "It is not known whether %s was called: %s. Check it, then approve with ?unsure=again to have it called, or with ?unsure=made if it was."
                                .formatted(call.tool(), call.result()))
                .orElseGet(() -> conflict(entry, APPROVABLE));
    }
}
