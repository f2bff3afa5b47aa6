package dev.drydock.console;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.drydock.connect.FeedbackLinks;
import dev.drydock.connect.FeedbackLinks.Link;
import dev.drydock.console.AttemptLimit.Kind;
import dev.drydock.journal.AuditLog.Actor;
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
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/**
 * Where the links in delivered messages lead. The link is the permission: no other login is asked for, and nothing of the message
 * is shown. Only the POST records. Links that were not made here are limited, as wrong logins are.
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
    private final InstantSource clock;
    private final AttemptLimit limit;

    FeedbackLinkResource(
            FeedbackLinks links,
            JournalQueries journal,
            RecordFeedback record,
            InstantSource clock,
            AttemptLimit limit) {
        this.links = links;
        this.journal = journal;
        this.record = record;
        this.clock = clock;
        this.limit = limit;
    }

    @GET
    public Response ask(String token, @Context HttpServerRequest request) {
        return checked(
                token,
                request,
                link -> Response.ok(Templates.ask(link.right(), null)).build());
    }

    @POST
    public Response record(
            String token,
            @RestForm @Nullable String correct,
            @RestForm @Nullable String note,
            @Context HttpServerRequest request) {
        return checked(
                token,
                request,
                link -> journal.entry(link.agent(), link.itemId(), link.itemVersion())
                        .map(entry -> record(link, entry, text(correct), text(note)))
                        .orElseGet(FeedbackLinkResource::expired));
    }

    private Response checked(String token, HttpServerRequest request, Function<Link, Response> answer) {
        var address = Login.address(request);
        var blocked = limit.blocked(Kind.FEEDBACK_LINK, address);
        if (blocked.isPresent()) {
            return Response.fromResponse(say(
                            Response.Status.TOO_MANY_REQUESTS, "Too many links that are not valid. Try again later."))
                    .header(HttpHeaders.RETRY_AFTER, blocked.get().toSeconds())
                    .build();
        }
        var link = links.read(token);
        if (link.isEmpty()) {
            limit.refused(Kind.FEEDBACK_LINK, address);
            return say(Response.Status.NOT_FOUND, "This link is not valid.");
        }
        return isExpired(link.get()) ? expired() : answer.apply(link.get());
    }

    private Response record(Link link, Entry entry, @Nullable String correct, @Nullable String note) {
        var given = new Given(
                link.right() ? Verdict.UP : Verdict.DOWN,
                correct == null ? null : TextNode.valueOf(correct),
                null,
                note);
        try {
            var isNew = record.record(entry, given, Source.LINK, new Actor("whoever has the link", Via.LINK));
            return say(Response.Status.OK, isNew ? "Thank you. It is recorded." : "It was recorded before.");
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

    private static Response expired() {
        return say(Response.Status.GONE, "This link has expired.");
    }

    private static Response say(Response.Status status, String sentence) {
        return Response.status(status).entity(Templates.say(sentence)).build();
    }
}
