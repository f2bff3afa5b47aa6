package dev.drydock.console;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.connect.FeedbackLinks;
import dev.drydock.connect.FeedbackLinks.Link;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.AuditLog.Via;
import dev.drydock.journal.Entry;
import dev.drydock.journal.Feedback.Source;
import dev.drydock.journal.Feedback.Verdict;
import dev.drydock.journal.JournalQueries;
import dev.drydock.judge.InvalidFeedbackException;
import dev.drydock.judge.RecordFeedback;
import dev.drydock.judge.RecordFeedback.Given;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/**
 * Where the links in delivered messages lead. The link is the permission: no other login is asked for, and nothing of the message
 * is shown. Only the POST records.
 */
@Path("/f/{token}")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public final class FeedbackLinkResource {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance ask(boolean right, @Nullable String fault);

        static native TemplateInstance say(String sentence);
    }

    private final FeedbackLinks links;
    private final JournalQueries journal;
    private final RecordFeedback record;
    private final AuditLog audit;
    private final InstantSource clock;

    FeedbackLinkResource(
            FeedbackLinks links, JournalQueries journal, RecordFeedback record, AuditLog audit, InstantSource clock) {
        this.links = links;
        this.journal = journal;
        this.record = record;
        this.audit = audit;
        this.clock = clock;
    }

    @GET
    public Response ask(String token) {
        var link = links.read(token).orElse(null);
        return link == null || isExpired(link)
                ? invalid(link)
                : Response.ok(Templates.ask(link.right(), null)).build();
    }

    @POST
    public Response record(String token, @RestForm @Nullable String correct, @RestForm @Nullable String note) {
        var link = links.read(token).orElse(null);
        var entry = link == null || isExpired(link)
                ? null
                : journal.entry(link.agent(), link.itemId(), link.itemVersion()).orElse(null);
        return link == null || entry == null ? invalid(link) : record(link, entry, text(correct), text(note));
    }

    private Response record(Link link, Entry entry, @Nullable String correct, @Nullable String note) {
        var given = new Given(
                link.right() ? Verdict.UP : Verdict.DOWN,
                correct == null ? null : TextNode.valueOf(correct),
                null,
                note);
        try {
            if (!record.record(entry, given, Source.LINK)) {
                return say(Response.Status.OK, "It was recorded before.");
            }
            audit.record(
                    new Actor("whoever has the link", Via.LINK),
                    Action.GAVE_FEEDBACK,
                    Subject.entry(entry.agent(), entry.id()),
                    null);
            return say(Response.Status.OK, "Thank you. It is recorded.");
        } catch (InvalidFeedbackException e) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(Templates.ask(link.right(), e.getMessage()))
                    .build();
        }
    }

    private boolean isExpired(Link link) {
        return clock.instant().isAfter(link.expires());
    }

    private static @Nullable String text(@Nullable String field) {
        return field == null || field.isBlank() ? null : field.strip();
    }

    private static Response invalid(@Nullable Link link) {
        return link == null
                ? say(Response.Status.NOT_FOUND, "This link is not valid.")
                : say(Response.Status.GONE, "This link has expired.");
    }

    private static Response say(Response.Status status, String sentence) {
        return Response.status(status).entity(Templates.say(sentence)).build();
    }
}
