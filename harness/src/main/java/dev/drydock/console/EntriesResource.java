package dev.drydock.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.agent.DeliveryKey;
import dev.drydock.journal.Delivery;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.ProposedCall;
import dev.drydock.journal.ReturnEntries.Return;
import dev.drydock.journal.ReviewEntries.Unsure;
import dev.drydock.journal.SideEffectJournal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

    private final JournalQueries journal;
    private final SideEffectJournal sideEffects;
    private final EntryActions actions;
    private final Json json;

    EntriesResource(JournalQueries journal, SideEffectJournal sideEffects, EntryActions actions, Json json) {
        this.journal = journal;
        this.sideEffects = sideEffects;
        this.actions = actions;
        this.json = json;
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
        var view = view(actions.entry(RequestParameters.id(id)));
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
        return view(actions.approve(RequestParameters.id(id), found).orConflict());
    }

    /** Rejects an entry that is ADMITTED, HELD, or PENDING and not in delivery. */
    @POST
    @Path("/{id}/reject")
    public EntryView reject(String id) {
        return view(actions.reject(RequestParameters.id(id)).orConflict());
    }

    /** Delivers an UNDELIVERABLE or EXPIRED entry again. */
    @POST
    @Path("/{id}/redeliver")
    public EntryView redeliver(String id) {
        return view(actions.redeliver(RequestParameters.id(id)).orConflict());
    }

    /** Returns a POISONED or REJECTED entry to be decided again, an UNDELIVERABLE one to be delivered or approved again. */
    @POST
    @Path("/{id}/retry")
    public EntryView retry(String id) {
        return view(actions.retry(RequestParameters.id(id)).orConflict());
    }

    private EntryView view(Entry entry) {
        return EntryView.of(entry, json);
    }

    /** A tool call with side effects, as the API shows it. */
    public record SideEffectView(
            UUID id,
            String tool,
            JsonNode arguments,
            String risk,
            boolean idempotent,
            String state,
            @Nullable String result,
            Instant proposedAt,
            @Nullable Instant startedAt,
            @Nullable Instant settledAt) {

        static SideEffectView of(ProposedCall call, Json json) {
            return new SideEffectView(
                    call.id(),
                    call.tool(),
                    json.tree(call.arguments()),
                    call.risk().name(),
                    call.idempotent(),
                    call.state().name(),
                    call.result(),
                    call.proposedAt(),
                    call.startedAt(),
                    call.settledAt());
        }
    }
}
