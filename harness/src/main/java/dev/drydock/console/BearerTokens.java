package dev.drydock.console;

import dev.drydock.console.AttemptLimit.Kind;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.AuditLog.Via;
import io.quarkus.runtime.BlockingOperationControl;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Checks the bearer tokens of the API. After some wrong ones, no token from the same address is checked for a while; those from
 * other addresses always are. Wrong ones are written into the audit log, until there are too many in all.
 */
@Singleton
class BearerTokens {

    private static final Logger LOG = Logger.getLogger(BearerTokens.class);

    private final AdminToken token;
    private final AttemptLimit limit;
    private final AuditLog audit;

    BearerTokens(AdminToken token, AttemptLimit limit, AuditLog audit) {
        this.token = token;
        this.limit = limit;
        this.audit = audit;
    }

    /**
     * The answer to a request with this token; empty if it may go on.
     *
     * @param address of the client, as far as it is known
     */
    Optional<Response> refuse(String given, String address) {
        var blocked = limit.blocked(Kind.BEARER_TOKEN, address);
        if (blocked.isPresent()) {
            return Optional.of(tooMany(blocked.get()));
        }
        if (token.matches(given)) {
            return Optional.empty();
        }
        if (limit.refused(Kind.BEARER_TOKEN, address)) {
            LOG.warnf("A request was refused: wrong bearer token, from %s", address);
            record(address);
        }
        return Optional.of(unauthorized());
    }

    /** Not on the thread of the stream of events, which must not wait for a database. */
    private void record(String address) {
        if (BlockingOperationControl.isBlockingAllowed()) {
            audit.record(
                    new Actor("Somebody with a wrong token", Via.API),
                    Action.LOGIN_REFUSED,
                    Subject.NONE,
                    "from " + address);
        }
    }

    static Response unauthorized() {
        return with(
                Problem.response(
                        Response.Status.UNAUTHORIZED,
                        "Send the header \"Authorization: Bearer\" with DRYDOCK_ADMIN_TOKEN."),
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer");
    }

    private static Response tooMany(Duration pause) {
        var seconds = pause.toSeconds();
        return with(
                Problem.response(
                        Response.Status.TOO_MANY_REQUESTS,
                        "Too many wrong tokens. Try again in %d s.".formatted(seconds)),
                HttpHeaders.RETRY_AFTER,
                seconds);
    }

    private static Response with(Response problem, String header, Object value) {
        return Response.fromResponse(problem).header(header, value).build();
    }
}
