package dev.drydock.console.page;

import dev.drydock.agent.Mode;
import dev.drydock.config.AgentSettings;
import dev.drydock.config.Agents;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.console.Approval;
import dev.drydock.console.ReadableJson;
import dev.drydock.console.RequestParameters;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.HeldRuns.HeldRun;
import dev.drydock.journal.Json;
import dev.drydock.journal.ReviewQueue;
import dev.drydock.journal.ReviewQueue.Recent;
import dev.drydock.journal.ReviewQueue.Waiting;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The queue of what waits for a person: each output with what its approval does, and runs whose outputs are held at once. */
@Path("/review")
@Produces(MediaType.TEXT_HTML)
public final class ReviewPage {

    private static final int SHOWN = 50;
    private static final String HERE = "/review";

    /**
     * An entry that waits.
     *
     * @param sentence what an approval does
     * @param deadline when its output is late; null if it has no deadline
     * @param approvable whether one click can approve it
     */
    record Item(
            Waiting entry,
            String decision,
            String sentence,
            @Nullable Instant deadline,
            boolean approvable) {}

    /**
     * A page of the queue.
     *
     * @param next the last id, if there is another page; else null
     */
    record Queue(
            List<Item> items,
            List<HeldRun> runs,
            List<Recent> recent,
            @Nullable String agent,
            @Nullable UUID next) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance review(Page page, Queue queue);
    }

    private final Pages pages;
    private final ReviewQueue queue;
    private final HeldRuns heldRuns;
    private final ReviewActions actions;
    private final Agents agents;

    @Inject
    Json json;

    ReviewPage(Pages pages, ReviewQueue queue, HeldRuns heldRuns, ReviewActions actions, Agents agents) {
        this.pages = pages;
        this.queue = queue;
        this.heldRuns = heldRuns;
        this.actions = actions;
        this.agents = agents;
    }

    /**
     * A page of the queue.
     *
     * @param after the last id of the page before
     */
    @GET
    public TemplateInstance show(@RestQuery @Nullable String agent, @RestQuery @Nullable String after) {
        var of = agent == null || agent.isBlank() ? null : agent;
        var from = after == null ? ReviewQueue.FROM_THE_START : RequestParameters.id(after);
        var waiting = queue.page(of, from, SHOWN + 1);
        var shown = waiting.subList(0, Math.min(SHOWN, waiting.size()));
        return Templates.review(
                pages.page(Section.REVIEW, "Review"),
                new Queue(
                        shown.stream().map(this::item).toList(),
                        heldRuns.waiting().stream()
                                .filter(run -> of == null || run.agent().equals(of))
                                .toList(),
                        queue.recent(),
                        of,
                        waiting.size() > SHOWN ? shown.get(SHOWN - 1).id() : null));
    }

    @POST
    @Path("/approve")
    public Response approve(@RestForm List<String> id) {
        return Notice.then(HERE, actions.approve(ids(id)));
    }

    @POST
    @Path("/reject")
    public Response reject(@RestForm List<String> id) {
        return Notice.then(HERE, actions.reject(ids(id)));
    }

    /**
     * Takes a click back.
     *
     * @param entry whose page to show; null for the queue
     */
    @POST
    @Path("/undo")
    public Response undo(@RestForm String click, @RestForm @Nullable String entry) {
        return Notice.then(
                entry == null ? HERE : "/entries/" + RequestParameters.id(entry),
                actions.undo(RequestParameters.id(click)));
    }

    private Item item(Waiting entry) {
        var agent = agents.named(entry.agent());
        var sentence = Approval.sentence(
                entry.reason(),
                entry.calls(),
                entry.why(),
                agent.filter(ReviewPage::isShadow).isPresent(),
                json);
        var decision = entry.decision();
        return new Item(
                entry,
                decision == null ? "" : ReadableJson.line(json.tree(decision)),
                sentence,
                agent.map(RegisteredAgent::settings)
                        .flatMap(settings -> deadline(settings, entry.since()))
                        .orElse(null),
                Approval.isPossible(entry.reason(), entry.calls()));
    }

    private static boolean isShadow(RegisteredAgent<?, ?> agent) {
        return agent.settings().mode() == Mode.SHADOW;
    }

    private static Optional<Instant> deadline(AgentSettings settings, Instant since) {
        return settings.deliverWithin().map(since::plus);
    }

    private static List<UUID> ids(List<String> ids) {
        return ids.stream().map(RequestParameters::id).toList();
    }
}
