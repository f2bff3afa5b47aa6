package dev.drydock.console;

import dev.drydock.console.Session.Role;
import dev.drydock.journal.AuditLog;
import dev.drydock.journal.AuditLog.Action;
import dev.drydock.journal.AuditLog.Actor;
import dev.drydock.journal.AuditLog.Subject;
import dev.drydock.journal.AuditLog.Via;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who makes this request, as {@link AdminTokenFilter} found. */
@RequestScoped
public class Caller {

    private final AuditLog audit;
    private final Session.Signer signer;

    private Actor actor = new Actor("A person without login", Via.API);
    private @Nullable Session session;

    Caller(AuditLog audit, Session.Signer signer) {
        this.audit = audit;
        this.signer = signer;
    }

    void isApi() {
        actor = new Actor("The API token", Via.API);
    }

    void isLoggedIn(Session found) {
        session = found;
        actor = new Actor(found.name(), Via.PAGE);
    }

    void isNotLoggedIn(Via via) {
        actor = new Actor("A person without login", via);
    }

    public Actor actor() {
        return actor;
    }

    /** The name given at login; empty for anybody else. */
    public Optional<String> name() {
        return Optional.ofNullable(session).map(Session::name);
    }

    /** Whether this caller may change something. */
    public boolean mayAct() {
        return session == null || session.role() == Role.APPROVER;
    }

    /** For the field {@code csrf} of each form. */
    public String formToken() {
        return signer.formToken(session);
    }

    /** Does something with the journal that is stored only together with what {@link #did} records of it. */
    public <T> T recorded(Supplier<T> action) {
        return audit.inOneTransaction(action);
    }

    /** Writes into the audit log what this caller has done. */
    public void did(Action action, Subject subject, @Nullable String detail) {
        audit.record(actor, action, subject, detail);
    }

    /** The same without a detail. */
    public void did(Action action, Subject subject) {
        did(action, subject, null);
    }
}
