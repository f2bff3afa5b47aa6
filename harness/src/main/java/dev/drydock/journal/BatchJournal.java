package dev.drydock.journal;

import static dev.drydock.journal.Columns.column;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The batches that {@linkplain BatchedCalls calls} are sent in. */
@Singleton
@RetryConflicts
public class BatchJournal {

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
                    .bindArray("calls", UUID.class, column(answers, Answer::call))
                    .bindArray("statuses", Integer.class, column(answers, Answer::status))
                    .bindArray("responses", String.class, column(answers, answer -> Json.storable(answer.response())))
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
}
