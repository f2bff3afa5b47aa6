package dev.drydock.console;

import dev.drydock.console.AttemptLimit.Kind;
import dev.drydock.console.IdentityProvider.Person;
import dev.drydock.console.Session.Role;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.AuditLog.Via;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Logs people in to the page with the admin token, or with what the identity provider says of them. Each attempt is written
 * into the audit log; wrong tokens are limited.
 */
@Singleton
public class Login {

    private static final Logger LOG = Logger.getLogger(Login.class);

    /** How an attempt ended. */
    public sealed interface Answer {}

    /** The token was right, or the provider gives the person a role. */
    public record LoggedIn(Session session) implements Answer {

        /** The cookie; a secure one is sent over HTTPS only. */
        public NewCookie cookie(boolean secure) {
            return Login.cookie(session.cookie(), Session.LASTS, secure);
        }
    }

    /** The token was wrong. */
    public record Wrong() implements Answer {}

    /** The provider gives the person none of the roles. */
    public record NoRole() implements Answer {}

    /** There were too many wrong ones; the token was not checked. */
    public record Blocked(Duration pause) implements Answer {}

    private final AdminToken token;
    private final IdentityProvider provider;
    private final Session.Signer signer;
    private final AttemptLimit limit;
    private final AuditLog audit;

    Login(AdminToken token, IdentityProvider provider, Session.Signer signer, AttemptLimit limit, AuditLog audit) {
        this.token = token;
        this.provider = provider;
        this.signer = signer;
        this.limit = limit;
        this.audit = audit;
    }

    /** Whether there is anything to log in with. */
    public boolean isNeeded() {
        return takesToken() || provider.isOn();
    }

    /** Whether the admin token is set. */
    public boolean takesToken() {
        return token.value().isPresent();
    }

    /** The host of the identity provider, if there is one. */
    public Optional<String> providerHost() {
        return provider.host();
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
        // beside names that the provider vouches for, one that was only typed says so
        var actor = new Actor(provider.isOn() ? name + " (admin token)" : name, Via.PAGE);
        if (!token.matches(given)) {
            limit.refused(Kind.LOGIN, address);
            LOG.warnf("A login to the page was refused: wrong token, from %s", address);
            audit.record(actor, Action.LOGIN_REFUSED, Subject.NONE, "from " + address);
            return new Wrong();
        }
        audit.record(actor, Action.LOGGED_IN, Subject.NONE, "from " + address);
        return new LoggedIn(signer.begin(actor.name(), Role.APPROVER));
    }

    /** Takes what the identity provider says of a person. Somebody with both roles is an approver. */
    public Answer of(Person person, String address) {
        var actor = new Actor(person.name(), Via.PAGE);
        var detail = "subject %s of %s, from %s"
                .formatted(person.subject(), provider.host().orElse("nobody"), address);
        if (person.role().isEmpty()) {
            LOG.warnf("A login to the page was refused: neither viewer nor approver, from %s", address);
            audit.record(actor, Action.LOGIN_REFUSED, Subject.NONE, "no role, " + detail);
            return new NoRole();
        }
        audit.record(actor, Action.LOGGED_IN, Subject.NONE, detail);
        return new LoggedIn(signer.begin(person.name(), person.role().get()));
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
