package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Who approved, changed or returned what, and who logged in. No line of it is ever changed; old ones are deleted by {@link ForgetRecords}. */
@Singleton
@RetryConflicts
public class AuditLog {

    /** What was done. */
    public enum Action {
        LOGGED_IN("logged in"),
        LOGIN_REFUSED("was refused a login"),
        STARTED_RUN("started a run"),
        APPROVED("approved it"),
        APPROVED_EDITED("approved it with changes"),
        REJECTED("rejected it"),
        UNDONE("took the approval back"),
        REDELIVERED("sent it again"),
        RETURNED("returned it"),
        GAVE_FEEDBACK("gave feedback"),
        REPLAYED("replayed it"),
        DECIDED_AGAIN("had it decided again"),
        ACCEPTED_CASE("made an eval case of it"),
        REJECTED_CASE("refused it as an eval case"),
        SAW_FAILURES("saw the failures"),

        /** Written by a newer release. */
        UNKNOWN("changed it");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        /** As the end of a sentence that begins with a name. */
        public String words() {
            return words;
        }
    }

    /** The way by which it was done. */
    public enum Via {
        PAGE,
        API,
        COMMAND,
        SLACK,
        LINK,

        /** Written by a newer release. */
        UNKNOWN
    }

    /** Somebody who does something. */
    public record Actor(String name, Via via) {

        /** Whoever runs this process. */
        public static Actor ofCommand() {
            return new Actor(System.getProperty("user.name", "somebody"), Via.COMMAND);
        }
    }

    /** What it was done to; each is null if it was not about one. */
    public record Subject(
            @Nullable String agent,
            @Nullable UUID runId,
            @Nullable UUID entryId) {

        /** The process as a whole. */
        public static final Subject NONE = new Subject(null, null, null);

        public static Subject run(@Nullable String agent, UUID run) {
            return new Subject(agent, run, null);
        }

        public static Subject entry(String agent, UUID entry) {
            return new Subject(agent, null, entry);
        }
    }

    /** One line of the log. */
    public record Event(
            UUID id,
            Instant at,
            Actor actor,
            Action action,
            Subject subject,
            @Nullable String detail) {

        static Event read(ResultSet row) throws SQLException {
            return new Event(
                    row.getObject("id", UUID.class),
                    ResultSets.instant(row, "at"),
                    new Actor(row.getString("actor"), ResultSets.constant(row.getString("via"), Via.UNKNOWN)),
                    ResultSets.constant(row.getString("action"), Action.UNKNOWN),
                    new Subject(
                            row.getString("agent"),
                            row.getObject("run_id", UUID.class),
                            row.getObject("entry_id", UUID.class)),
                    row.getString("detail"));
        }
    }

    private final Jdbi jdbi;
    private final InstantSource clock;

    AuditLog(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Does something with the journal and records it in one transaction: both are stored, or neither. After a conflict, it is
     * done again.
     */
    public <T> T inOneTransaction(Supplier<T> action) {
        return jdbi.inTransaction(handle -> action.get());
    }

    /**
     * Does something with the journal, and records it if it was done, in one transaction: both are stored, or neither. False if it
     * was not done.
     */
    public boolean recordIfDone(Actor actor, Action action, Subject subject, BooleanSupplier done) {
        return inOneTransaction(() -> {
            var isDone = done.getAsBoolean();
            if (isDone) {
                record(actor, action, subject, null);
            }
            return isDone;
        });
    }

    /** Called once the action is done, {@link #inOneTransaction} if it changes the journal. */
    public void record(Actor actor, Action action, Subject subject, @Nullable String detail) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into audit_log (id, at, actor, via, action, agent, run_id, entry_id, detail)
                values (:id, :at, :actor, :via, :action, :agent, :run::uuid, :entry::uuid, :detail)""")
                .bind("id", Database.newId())
                .bind("at", clock.instant())
                .bind("actor", Json.storable(actor.name()))
                .bind("via", actor.via().name())
                .bind("action", action.name())
                .bind("agent", subject.agent())
                .bind("run", subject.runId())
                .bind("entry", subject.entryId())
                .bind("detail", detail == null ? null : Json.storable(detail))
                .execute());
    }

    /** The latest first. */
    public List<Event> ofEntry(UUID entryId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from audit_log where entry_id = :entry order by id desc")
                        .bind("entry", entryId)
                        .map((row, context) -> Event.read(row))
                        .list());
    }

    /** The latest first. */
    public List<Event> ofRun(UUID runId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from audit_log where run_id = :run order by id desc")
                        .bind("run", runId)
                        .map((row, context) -> Event.read(row))
                        .list());
    }

    /** The last action that moved the entry: feedback on it does not. */
    public Optional<Event> lastMove(UUID entryId) {
        return ofEntry(entryId).stream()
                .filter(event -> event.action() != Action.GAVE_FEEDBACK && event.action() != Action.REPLAYED)
                .findFirst();
    }

    /** When somebody last said to have seen the agent's failures. */
    public Optional<Instant> failuresSeen(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select at from audit_log where agent = :agent and action = 'SAW_FAILURES' order by id desc limit 1""")
                .bind("agent", agent)
                .map((row, context) -> ResultSets.instant(row, "at"))
                .findOne());
    }

    /**
     * The latest first.
     *
     * @param before the id of the last line of the page before; null for the first page
     */
    public List<Event> page(@Nullable UUID before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from audit_log where :before::uuid is null or id < :before::uuid order by id desc limit :limit""")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> Event.read(row))
                .list());
    }
}
