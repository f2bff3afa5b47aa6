package dev.drydock.console.page;

import dev.drydock.console.Caller;
import dev.drydock.console.EntryActions;
import dev.drydock.console.EntryActions.Result;
import dev.drydock.console.Problem;
import dev.drydock.console.RequestParameters;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.Entry;
import dev.drydock.journal.EntryState;
import dev.drydock.journal.ReviewEntries.Unsure;
import dev.drydock.judge.ReadEdit;
import dev.drydock.judge.RecordFeedback;
import dev.drydock.judge.RecordFeedback.Given;
import dev.drydock.judge.replay.ReplayRun;
import dev.drydock.judge.replay.Variant;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** One entry: item, decision, output, calls and history, and what a person may do with it. */
@Path("/entries/{id}")
@Produces(MediaType.TEXT_HTML)
public final class EntryPage {

    @CheckedTemplate(basePath = "page")
    static class Templates {

        static native TemplateInstance entry(Page page, ShownEntry shown, @Nullable ReplayView replay);
    }

    private final Pages pages;
    private final ShowEntry show;
    private final EntryActions actions;
    private final ReviewActions review;
    private final Caller caller;

    @Inject
    ShowDecision decisions;

    @Inject
    ReadEdit edits;

    @Inject
    RecordFeedback feedback;

    @Inject
    ReplayRun replay;

    EntryPage(Pages pages, ShowEntry show, EntryActions actions, ReviewActions review, Caller caller) {
        this.pages = pages;
        this.show = show;
        this.actions = actions;
        this.review = review;
        this.caller = caller;
    }

    @GET
    public TemplateInstance get(String id) {
        return page(entry(id), null);
    }

    /** Decides it again from the records, and shows what differs. Asks no model, stores and delivers nothing. */
    @GET
    @Path("/replay")
    public TemplateInstance replay(String id) throws InterruptedException {
        var entry = entry(id);
        return page(entry, ReplayView.fromRecords(replay.ofEntry(entry.id(), Variant.NONE)));
    }

    /** Asks the model now, and shows what differs. Stores and delivers nothing but what the call cost. */
    @POST
    @Path("/decide-again")
    public TemplateInstance decideAgain(String id) throws InterruptedException {
        var entry = entry(id);
        if (!show.mayDecideAgain(entry)) {
            throw Problem.of(
                    Response.Status.CONFLICT,
                    "An entry is decided again in dev mode, and for an agent in shadow mode. A replay asks no model.");
        }
        var report = replay.ofEntry(entry.id(), Variant.LIVE);
        caller.did(Action.DECIDED_AGAIN, subject(entry));
        return page(entry, ReplayView.live(report));
    }

    /**
     * Approves it: its output is sent in ten seconds, or its tool calls are made by the next run.
     *
     * @param unsure what a person found out about a tool call that is UNSURE
     */
    @POST
    @Path("/approve")
    public Response approve(String id, @RestForm @Nullable String unsure) {
        var found = RequestParameters.oneOf(Unsure.class, unsure);
        var entry = entry(id);
        return found == null
                ? back(entry, review.approve(List.of(entry.id())))
                : back(actions.approve(entry.id(), found), "The next run goes on with it.");
    }

    /** Approves it with the fields of the form; they are a correction, too. */
    @POST
    @Path("/approve-edited")
    public Response approveEdited(String id, @RestForm @Nullable String note) {
        var entry = entry(id);
        var edit = edits.read(entry, decisions.entered(entry));
        if (edit.changed().isEmpty()) {
            return back(entry, review.approve(List.of(entry.id())));
        }
        var correction = new Given(null, edit.changed(), null, EntryFeedback.note(note));
        if (!feedback.recordChanges(entry, correction, () -> review.approve(entry, edit))) {
            throw Problem.of(Response.Status.CONFLICT, actions.whyNotReviewed(entry.id(), Action.APPROVED_EDITED));
        }
        return back(entry, "Approved with your changes. They are a proposed eval case.");
    }

    @POST
    @Path("/reject")
    public Response reject(String id) {
        var entry = entry(id);
        return entry.state() == EntryState.HELD
                ? back(entry, review.reject(List.of(entry.id())))
                : back(actions.reject(entry.id()), "Rejected.");
    }

    @POST
    @Path("/redeliver")
    public Response redeliver(String id) {
        return back(actions.redeliver(entry(id).id()), "It is sent again within seconds.");
    }

    @POST
    @Path("/retry")
    public Response retry(String id) {
        return back(actions.retry(entry(id).id()), "Returned.");
    }

    private Response back(Result result, String sentence) {
        return back(result.orConflict(), sentence);
    }

    private static Response back(Entry entry, String sentence) {
        return Notice.then("/entries/" + entry.id(), sentence);
    }

    private TemplateInstance page(Entry entry, @Nullable ReplayView result) {
        return Templates.entry(
                pages.page(null, "%s: %s".formatted(entry.agent(), entry.itemId())), show.of(entry), result);
    }

    private Entry entry(String id) {
        return actions.entry(RequestParameters.id(id));
    }

    private static Subject subject(Entry entry) {
        return Subject.entry(entry.agent(), entry.id());
    }
}
