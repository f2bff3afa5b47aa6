package dev.drydock.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.JournalQueries;
import dev.drydock.journal.Json;
import dev.drydock.journal.Run;
import dev.drydock.judge.replay.ReplayReport;
import dev.drydock.judge.replay.ReplayRun;
import dev.drydock.judge.replay.Variant;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/runs}. */
@Path("/api/runs")
public final class RunsResource {

    /** Of a run's entries and calls, at most so many are shown. */
    private static final int MOST = 1_000;

    /** A run with the entries that it was the last to work on, and the calls that it made. */
    public record RunDetail(@JsonUnwrapped RunView run, List<EntryView> entries, List<CallView> calls) {}

    /** A run whose held outputs a person has approved or rejected, and how many there were. */
    public record Reviewed(UUID runId, int entries) {}

    private final JournalQueries journal;
    private final RunActions actions;
    private final ReplayRun replay;
    private final Json json;
    private final Caller caller;

    RunsResource(JournalQueries journal, RunActions actions, ReplayRun replay, Json json, Caller caller) {
        this.journal = journal;
        this.actions = actions;
        this.replay = replay;
        this.json = json;
        this.caller = caller;
    }

    /** Newest first. */
    @GET
    public List<RunView> list(@RestQuery @Nullable String agent, @RestQuery @DefaultValue("50") int limit) {
        return journal.runs(agent, RequestParameters.limit(limit)).stream()
                .map(RunView::of)
                .toList();
    }

    @GET
    @Path("/{id}")
    public RunDetail get(String id) {
        var run = existing(id);
        return new RunDetail(
                RunView.of(run),
                journal.entriesOf(run.id(), MOST).stream()
                        .map(entry -> EntryView.of(entry, json))
                        .toList(),
                journal.callsOfRun(run.id(), MOST).stream()
                        .map(call -> CallView.of(call, json))
                        .toList());
    }

    /** Decides the run's entries again from the records, and says what differs. Nothing is asked, stored or delivered. */
    @POST
    @Path("/{id}/replay")
    public ReplayReport replay(String id) throws InterruptedException {
        var run = existing(id);
        var report = replay.ofRun(run.id(), Variant.NONE);
        caller.did(Action.REPLAYED, Subject.run(run.agent(), run.id()));
        return report;
    }

    private Run existing(String id) {
        return journal.run(RequestParameters.id(id))
                .orElseThrow(() -> Problem.of(Response.Status.NOT_FOUND, "There is no run %s.".formatted(id)));
    }

    /** Approves all outputs of the run that are held as a flood or as HOLLOW: they are delivered within seconds. */
    @POST
    @Path("/{id}/approve")
    public Reviewed approve(String id) {
        var run = RequestParameters.id(id);
        return new Reviewed(run, actions.approveHeld(run));
    }

    /** Rejects all of them. */
    @POST
    @Path("/{id}/reject")
    public Reviewed reject(String id) {
        var run = RequestParameters.id(id);
        return new Reviewed(run, actions.rejectHeld(run));
    }
}
