package dev.drydock.console;

import dev.drydock.console.AttemptLimit.Kind;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.AuditLog.Via;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Logs people in to the page with the admin token. Each attempt is written into the audit log; refused ones are limited. */
@Singleton
public class Login {

    private static final Logger LOG = Logger.getLogger(Login.class);

    /** How an attempt ended. */
    public sealed interface Answer {}

    /** The token was right. */
    public record LoggedIn(Session session) implements Answer {

        /** The cookie; a secure one is sent over HTTPS only. */
        public NewCookie cookie(boolean secure) {
            return Login.cookie(session.cookie(), Session.LASTS, secure);
        }
    }

    /** The token was wrong. */
    public record Wrong() implements Answer {}

    /** There were too many wrong ones; the token was not checked. */
    public record Blocked(Duration pause) implements Answer {}

    private final AdminToken token;
    private final Session.Signer signer;
    private final AttemptLimit limit;
    private final AuditLog audit;

    Login(AdminToken token, Session.Signer signer, AttemptLimit limit, AuditLog audit) {
        this.token = token;
        this.signer = signer;
        this.limit = limit;
        this.audit = audit;
    }

    /** Whether there is anything to log in with. */
    public boolean isNeeded() {
        return token.value().isPresent();
    }

    /**
     * Checks the token, unless too many were wrong.
     *
     * @param name for the audit log
     * @param address of the client, as far as it is known
     */
    public Answer attempt(String name, String given, String address) {
        var blocked = limit.blocked(Kind.LOGIN, address);
        if (blocked.isPresent()) {
            return new Blocked(blocked.get());
        }
        var actor = new Actor(name, Via.PAGE);
        if (!token.matches(given)) {
            limit.refused(Kind.LOGIN, address);
            LOG.warnf("A login to the page was refused: wrong token, from %s", address);
            audit.record(actor, Action.LOGIN_REFUSED, Subject.NONE, "from " + address);
            return new Wrong();
        }
        audit.record(actor, Action.LOGGED_IN, Subject.NONE, "from " + address);
        return new LoggedIn(signer.begin(name));
    }

    /** Where a request comes from. A proxy in front appends the address that it saw; what comes before that may be invented. */
    public static String address(HttpServerRequest request) {
        var forwarded = request.getHeader("X-Forwarded-For");
        var nearest = forwarded == null
                ? ""
                : " for " + forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return request.remoteAddress().hostAddress() + nearest;
    }

    /** Ends the session in the browser. */
    public static NewCookie end() {
        return cookie("", Duration.ZERO, false);
    }

    private static NewCookie cookie(String value, Duration lasts, boolean secure) {
        return new NewCookie.Builder(Session.COOKIE)
                .value(value)
                .path("/")
                .maxAge((int) lasts.toSeconds())
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
