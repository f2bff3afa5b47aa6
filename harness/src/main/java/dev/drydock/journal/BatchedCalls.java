package dev.drydock.journal;

import static dev.drydock.journal.Columns.column;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import dev.drydock.journal.SpendLedger.Reservation;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Model calls of entries that go in batches, and their answers. A call is deleted when its entry is decided. */
@Singleton
@RetryConflicts
public class BatchedCalls {

    /** Where a call is. */
    public enum State {
        WAITING,
        SENT,
        ANSWERED,

        /** Written by a newer release, which was rolled back since. */
        UNKNOWN
    }

    /**
     * A call for an entry.
     *
     * @param status the HTTP status of the answer; 0 if there is none yet
     * @param response the body of the answer; null if there is none yet
     * @param held the money that is reserved for it
     * @param recorded whether its record is among the model calls
     */
    public record Call(
            UUID id, State state, int status, @Nullable String response, List<Reservation> held, boolean recorded) {}

    /**
     * An answer that no entry used, and that none will use.
     *
     * @param why for people
     */
    public record Unused(UUID call, String response, List<Reservation> held, String why) {}

    /** A call that the provider has answered, or will answer, at its price, and that no entry has used. */
    static final String PAID_AND_UNUSED = """
            batch_call.state in ('SENT', 'ANSWERED') and coalesce(status, 200) between 200 and 299
                and not exists (select from model_call where model_call.id = batch_call.id)""";

    private final Jdbi jdbi;

    BatchedCalls(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Call> find(UUID entryId, String key) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select *, exists (select from model_call where model_call.id = batch_call.id) as recorded
                from batch_call where entry_id = :entry and key = :key""")
                .bind("entry", entryId)
                .bind("key", key)
                .map((row, context) -> call(row))
                .findOne());
    }

    /** Has a call wait for the next batch. Deciding its entry has not ended the process, so that start no longer counts. */
    public void add(UUID entryId, String key, String request, List<Reservation> held) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                with ended as (
                    update entry set starts = 0 where id = :entry
                )
                insert into batch_call (id, entry_id, key, state, request, reservations, scopes, reserved_on)
                values (:id, :entry, :key, 'WAITING', :request, :reservations, :scopes, :day)
                on conflict do nothing""")
                .bind("id", Database.newId())
                .bind("entry", entryId)
                .bind("key", key)
                .bind("request", request)
                .bindArray("reservations", UUID.class, column(held, Reservation::id))
                .bindArray("scopes", String.class, column(held, Reservation::scope))
                .bind("day", held.isEmpty() ? null : held.get(0).day())
                .execute());
    }

    /** Answers about entries of the agent that were decided without them. */
    public List<Unused> unused(String agent, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select batch_call.*, entry.state as entry_state from batch_call join entry on entry.id = entry_id
                where agent = :agent and entry.state <> 'ADMITTED' and batch_call.state = 'ANSWERED' and %s
                order by batch_call.id limit :most""".formatted(PAID_AND_UNUSED))
                .bind("agent", agent)
                .bind("most", most)
                .map((row, context) -> new Unused(
                        row.getObject("id", UUID.class),
                        row.getString("response"),
                        held(row),
                        "entry %s is %s without it"
                                .formatted(row.getObject("entry_id", UUID.class), row.getString("entry_state"))))
                .list());
    }

    /** Forgets a call, so that the same question is asked anew. */
    public void discard(UUID call) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from batch_call where id = :id")
                .bind("id", call)
                .execute());
    }

    private static Call call(ResultSet row) throws SQLException {
        return new Call(
                row.getObject("id", UUID.class),
                ResultSets.constant(row.getString("state"), State.UNKNOWN),
                row.getInt("status"),
                row.getString("response"),
                held(row),
                row.getBoolean("recorded"));
    }

    private static List<Reservation> held(ResultSet row) throws SQLException {
        var ids = (UUID[]) row.getArray("reservations").getArray();
        var scopes = (String[]) row.getArray("scopes").getArray();
        var held = new ArrayList<Reservation>();
        for (var at = 0; at < ids.length; at++) {
            held.add(new Reservation(ids[at], scopes[at], row.getObject("reserved_on", LocalDate.class)));
        }
        return List.copyOf(held);
    }
}
