package dev.drydock.console.page;

import dev.drydock.console.Problem;
import dev.drydock.console.RequestParameters;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Event;
import dev.drydock.journal.EntryList;
import dev.drydock.journal.EntryList.Row;
import dev.drydock.journal.HeldRuns;
import dev.drydock.journal.HeldRuns.HeldRun;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Run;
import dev.drydock.journal.RunTimeline;
import dev.drydock.journal.RunTimeline.Calls;
import dev.drydock.run.RunProgress;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** One run: why it ended so, what happened when, its entries and its log lines. */
@Path("/runs/{id}")
@Produces(MediaType.TEXT_HTML)
public final class RunPage {

    private static final int ROWS = 100;

    /**
     * The run.
     *
     * @param progress how far it is; null if it does not decide in this process
     * @param held its outputs that wait for a person together; null if none do
     * @param log null if its lines are not kept here
     * @param next the id that the next page of entries begins after; null on the last one
     */
    public record View(
            Run run,
            RawString timeline,
            Calls calls,
            @Nullable String progress,
            @Nullable HeldRun held,
            List<Row> entries,
            @Nullable UUID next,
            @Nullable List<RunLog.Line> log,
            List<Event> audit) {

        public boolean isRunning() {
            return run.finishedAt() == null;
        }
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance run(Page page, View view);
    }

    private final JournalQueries journal;
    private final EntryList entries;
    private final Timeline timeline;
    private final RunTimeline calls;
    private final Pages pages;

    @Inject
    HeldRuns heldRuns;

    @Inject
    RunProgress progress;

    @Inject
    RunLog log;

    @Inject
    AuditLog audit;

    @Inject
    ReviewActions review;

    RunPage(JournalQueries journal, EntryList entries, Timeline timeline, RunTimeline calls, Pages pages) {
        this.journal = journal;
        this.entries = entries;
        this.timeline = timeline;
        this.calls = calls;
        this.pages = pages;
    }

    @GET
    public TemplateInstance show(String id, @RestQuery @Nullable String after) {
        var run = journal.run(RequestParameters.id(id))
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no run %s.".formatted(id)));
        var page = pages.page(Section.RUNS, "Run of " + run.agent());
        var rows = entries.ofRun(run.id(), after == null ? null : RequestParameters.id(after), ROWS);
        return Templates.run(
                page,
                new View(
                        run,
                        timeline.of(run, page.clock().now()),
                        calls.calls(run.id()),
                        run.finishedAt() == null
                                ? progress.of(run.agent()).map(Object::toString).orElse(null)
                                : null,
                        heldRuns.waiting().stream()
                                .filter(held -> held.runId().equals(run.id()))
                                .findFirst()
                                .orElse(null),
                        rows,
                        rows.size() == ROWS ? rows.get(ROWS - 1).id() : null,
                        log.of(run.id()).orElse(null),
                        audit.ofRun(run.id())));
    }

    /** Approves the outputs that are held together; the page that follows can undo it. */
    @POST
    @Path("/approve")
    public Response approve(String id) {
        return Notice.then("/review", review.approveRun(RequestParameters.id(id)));
    }

    /** Rejects them. */
    @POST
    @Path("/reject")
    public Response reject(String id) {
        return Notice.then("/review", review.rejectRun(RequestParameters.id(id)));
    }
}
