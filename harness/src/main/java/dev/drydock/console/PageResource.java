package dev.drydock.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.HeldRuns.HeldRun;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page: what runs, in which mode, and what it did last. */
@Path("/")
public final class PageResource {

    private static final int ALERTS = 10;
    private static final int RUNS = 20;
    private static final int ENTRIES = 50;

    record EntryTable(String title, @Nullable String hint, List<EntryView> entries) {}

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page(
                List<AgentsResource.AgentView> agents,
                @Nullable String outputSetting,
                List<AlertView> alerts,
                List<RunView> runs,
                List<HeldRun> heldRuns,
                List<EntryTable> tables);

        /** A part of a decision, whatever its type. */
        @TemplateExtension
        static String inOneLine(JsonNode value) {
            return value.isValueNode() ? value.asText() : value.toString();
        }

        @TemplateExtension
        static Instant toTheSecond(Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    @Inject
    ModelLimits limits;

    private final AgentsResource views;
    private final AlertsResource alerts;
    private final JournalQueries journal;
    private final HeldRuns heldRuns;
    private final Json json;

    PageResource(AgentsResource views, AlertsResource alerts, JournalQueries journal, HeldRuns heldRuns, Json json) {
        this.views = views;
        this.alerts = alerts;
        this.journal = journal;
        this.heldRuns = heldRuns;
        this.json = json;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page() {
        return Templates.page(
                views.list(),
                limits.outputSetting().orElse(null),
                alerts.list(ALERTS),
                journal.runs(null, RUNS).stream().map(RunView::of).toList(),
                heldRuns.waiting(),
                tables());
    }

    /** Approves the held outputs of a run, and shows the page again. */
    @POST
    @Path("/runs/{id}/approve")
    public Response approve(String id) {
        heldRuns.approve(RequestParameters.id(id));
        return toThePage();
    }

    /** Rejects the held outputs of a run, and shows the page again. */
    @POST
    @Path("/runs/{id}/reject")
    public Response reject(String id) {
        heldRuns.reject(RequestParameters.id(id));
        return toThePage();
    }

    private static Response toThePage() {
        return Response.seeOther(URI.create("/")).build();
    }

    private List<EntryTable> tables() {
        return Stream.of(
                        new EntryTable(
                                "Waiting for a person",
                                "Check each entry, then POST /api/entries/ID/approve or /reject. For a tool call that is UNSURE,"
                                        + " approve with ?unsure=again to have it called, or with ?unsure=made if it was.",
                                entries(EntryState.HELD)),
                        new EntryTable(
                                "Set aside",
                                "Remove the cause, then POST /api/entries/ID/retry, or return many with ./drydock retry AGENT."
                                        + " What has EXPIRED is sent by POST /api/entries/ID/redeliver.",
                                Stream.of(EntryState.POISONED, EntryState.UNDELIVERABLE, EntryState.EXPIRED)
                                        .flatMap(state -> entries(state).stream())
                                        .toList()),
                        new EntryTable("Last entries", null, entries(null)))
                .filter(table -> table.hint() == null || !table.entries().isEmpty())
                .toList();
    }

    private List<EntryView> entries(@Nullable EntryState state) {
        return journal.entries(null, state, ENTRIES).stream()
                .map(entry -> EntryView.of(entry, json))
                .toList();
    }
}
