package dev.drydock.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.agent.Mode;
import dev.drydock.config.Agents;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HoldReason;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall.State;
import dev.drydock.journal.ReturnEntries.Return;
import dev.drydock.journal.ReviewEntries;
import dev.drydock.journal.ReviewEntries.Unsure;
import dev.drydock.journal.SideEffectJournal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/entries}. */
@Path("/api/entries")
public final class EntriesResource {

    /** An entry with its item, model calls, side effects, delivery attempts, what it was before a person returned it, and feedback. */
    public record EntryDetail(
            @JsonUnwrapped EntryView entry,
            @Nullable JsonNode item,
            String deliveryKey,
            List<CallView> calls,
            List<SideEffectView> sideEffects,
            List<Delivery> deliveries,
            List<Return> returns,
            List<FeedbackResource.View> feedback) {}

    private static final String APPROVABLE = "HELD";

    private final JournalQueries journal;
    private final SideEffectJournal sideEffects;
    private final ReviewEntries review;
    private final Json json;
    private final Agents agents;

    EntriesResource(
            JournalQueries journal, SideEffectJournal sideEffects, ReviewEntries review, Json json, Agents agents) {
        this.journal = journal;
        this.sideEffects = sideEffects;
        this.review = review;
        this.json = json;
        this.agents = agents;
    }

    /** Newest first. */
    @GET
    public List<EntryView> list(
            @RestQuery @Nullable String agent,
            @RestQuery @Nullable String state,
            @RestQuery @DefaultValue("100") int limit) {
        var wanted = RequestParameters.oneOf(EntryState.class, state);
        return journal.entries(agent, wanted, RequestParameters.limit(limit)).stream()
                .map(entry -> EntryView.of(entry, json))
                .toList();
    }

    @GET
    @Path("/{id}")
    public EntryDetail get(String id) {
        var view = view(id);
        return new EntryDetail(
                view,
                journal.item(view.id()).map(json::tree).orElse(null),
                DeliveryKey.of(view.agent(), view.itemId(), view.itemVersion()).value(),
                journal.callsOf(view.id()).stream()
                        .map(call -> CallView.of(call, json))
                        .toList(),
                sideEffects.of(view.id()).stream()
                        .map(call -> SideEffectView.of(call, json))
                        .toList(),
                journal.deliveriesOf(view.id()),
                journal.returnsOf(view.id()),
                journal.feedbackOf(view.id()).stream()
                        .map(feedback -> FeedbackResource.View.of(feedback, json))
                        .toList());
    }

    /**
     * Approves a HELD entry: it is delivered within seconds, or decided again if tool calls waited for approval.
     *
     * @param unsure {@code again} or {@code made}, for a tool call that is UNSURE
     */
    @POST
    @Path("/{id}/approve")
    public EntryView approve(String id, @RestQuery @Nullable String unsure) {
        var found = RequestParameters.oneOf(Unsure.class, unsure);
        return review(id, APPROVABLE, entry -> found == null ? review.approve(entry) : review.approve(entry, found));
    }

    /** Rejects an entry that is ADMITTED, HELD, or PENDING and not in delivery. */
    @POST
    @Path("/{id}/reject")
    public EntryView reject(String id) {
        return review(id, "ADMITTED, HELD, or PENDING and not in delivery", review::reject);
    }

    /** Delivers an UNDELIVERABLE or EXPIRED entry again. */
    @POST
    @Path("/{id}/redeliver")
    public EntryView redeliver(String id) {
        return review(id, "UNDELIVERABLE or EXPIRED", review::redeliver);
    }

    /** Returns a POISONED or REJECTED entry to be decided again, an UNDELIVERABLE one to be delivered or approved again. */
    @POST
    @Path("/{id}/retry")
    public EntryView retry(String id) {
        var mode = agents.named(view(id).agent())
                .map(agent -> agent.settings().mode())
                .orElse(Mode.SHADOW);
        return review(id, "POISONED, UNDELIVERABLE or REJECTED", entry -> review.retry(entry, mode));
    }

    private EntryView review(String id, String from, Predicate<UUID> move) {
        if (move.test(RequestParameters.id(id))) {
            return view(id);
        }
        var entry = view(id);
        throw Problem.of(
                Response.Status.CONFLICT,
                journal.item(entry.id()).isPresent()
                        ? from.equals(APPROVABLE) ? whyNotApproved(entry) : conflict(entry, from)
                        : "The entry's content was deleted after drydock.retention.payloads; there is nothing to send.");
    }

    private static String conflict(EntryView entry, String from) {
        return "The entry is %s; this action requires %s.".formatted(entry.state(), from);
    }

    private String whyNotApproved(EntryView entry) {
        if (HoldReason.CLAIM.name().equals(entry.holdReason())) {
            return "It cannot be approved: %s.".formatted(entry.fault());
        }
        return sideEffects.of(entry.id()).stream()
                .filter(call -> call.state() == State.UNSURE)
                .findFirst()
                .map(call ->
                        "It is not known whether %s was called: %s. Check it, then approve with ?unsure=again to have it called, or with ?unsure=made if it was."
                                .formatted(call.tool(), call.result()))
                .orElse(conflict(entry, APPROVABLE));
    }

    private EntryView view(String id) {
        return journal.entry(RequestParameters.id(id))
                .map(entry -> EntryView.of(entry, json))
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no entry %s.".formatted(id)));
    }
}
