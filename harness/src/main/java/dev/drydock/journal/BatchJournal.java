package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import dev.drydock.journal.SpendLedger.Reservation;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Model calls that wait for a batch, and the batches that they are sent in. A call is deleted when its entry is decided. */
@Singleton
@RetryConflicts
public class BatchJournal {

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
     * A batch.
     *
     * @param fileId of its requests, by the provider's name; null if they are not uploaded
     * @param providerId null if the provider is not known to have it
     */
    public record Batch(
            UUID id, @Nullable String fileId, @Nullable String providerId) {}

    /** A request of a batch, as the provider receives it. */
    public record Line(UUID id, String request) {}

    /** An answer from a batch. */
    public record Answer(UUID call, int status, String response) {}

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
    private final InstantSource clock;

    BatchJournal(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Whether any call for an open entry of the agent is here. */
    public boolean hasCalls(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select exists (select from batch_call join entry on entry.id = entry_id
                    where agent = :agent and entry.state = 'ADMITTED')""")
                .bind("agent", agent)
                .mapTo(Boolean.class)
                .one());
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
                .bindArray(
                        "reservations",
                        UUID.class,
                        held.stream().map(Reservation::id).toList())
                .bindArray(
                        "scopes",
                        String.class,
                        held.stream().map(Reservation::scope).toList())
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

    /** Puts waiting calls of the agent into a new batch, the oldest first; empty if none waits. */
    public Optional<Batch> assemble(String agent, int mostCalls, long mostCharacters) {
        var batch = new Batch(Database.newId(), null, null);
        var sent = jdbi.withHandle(handle -> handle.createUpdate("""
                with next as (
                    select call.id, sum(length(request)) over (order by call.id) - length(request) as before
                    from batch_call call join entry on entry.id = entry_id
                    where agent = :agent and entry.state = 'ADMITTED' and call.state = 'WAITING'
                    order by call.id limit :calls
                ), made as (
                    insert into batch (id, agent, created_at) select :id, :agent, :now where exists (select from next)
                )
                update batch_call set state = 'SENT', batch_id = :id
                from next where batch_call.id = next.id and before < :characters""")
                .bind("id", batch.id())
                .bind("agent", agent)
                .bind("now", clock.instant())
                .bind("calls", mostCalls)
                .bind("characters", mostCharacters)
                .execute());
        return sent == 0 ? Optional.empty() : Optional.of(batch);
    }

    /** How many entries of the agent wait for the answers of a batch. */
    public int waiting(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select count(distinct entry_id) from batch_call join entry on entry.id = entry_id
                where agent = :agent and entry.state = 'ADMITTED' and batch_call.state = 'SENT'""")
                .bind("agent", agent)
                .mapTo(Integer.class)
                .one());
    }

    /** The batches of an agent that have not ended, oldest first. */
    public List<Batch> open(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from batch where agent = :agent and ended_at is null order by id")
                .bind("agent", agent)
                .map((row, context) -> new Batch(
                        row.getObject("id", UUID.class), row.getString("file_id"), row.getString("provider_id")))
                .list());
    }

    public List<Line> lines(UUID batch) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, request from batch_call where batch_id = :batch and state = 'SENT' order by id")
                .bind("batch", batch)
                .map((row, context) -> new Line(row.getObject("id", UUID.class), row.getString("request")))
                .list());
    }

    public void uploaded(UUID batch, String fileId) {
        set("update batch set file_id = :value where id = :id", batch, fileId);
    }

    public void accepted(UUID batch, String providerId) {
        set("update batch set provider_id = :value where id = :id", batch, providerId);
    }

    private void set(String sql, UUID batch, String value) {
        jdbi.useHandle(handle ->
                handle.createUpdate(sql).bind("id", batch).bind("value", value).execute());
    }

    /** Ends a batch with these answers. Its other calls wait for the next batch. Returns how many do. */
    public int end(UUID batch, List<Answer> answers) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                    update batch_call set state = 'ANSWERED', request = null, status = new.status, response = new.response
                    from unnest(:calls, :statuses, :responses) as new (call, status, response)
                    where id = new.call and batch_id = :batch and state = 'SENT'""")
                    .bind("batch", batch)
                    .bindArray(
                            "calls",
                            UUID.class,
                            answers.stream().map(Answer::call).toList())
                    .bindArray(
                            "statuses",
                            Integer.class,
                            answers.stream().map(Answer::status).toList())
                    .bindArray(
                            "responses",
                            String.class,
                            answers.stream()
                                    .map(answer -> Json.storable(answer.response()))
                                    .toList())
                    .execute();
            handle.createUpdate("update batch set ended_at = :now where id = :id")
                    .bind("id", batch)
                    .bind("now", clock.instant())
                    .execute();
            return handle.createUpdate("""
                            update batch_call set state = 'WAITING', batch_id = null
                            where batch_id = :batch and state = 'SENT'""").bind("batch", batch).execute();
        });
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
