package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Queries for the API and the page, newest first. */
@Singleton
public class JournalQueries {

    private final Jdbi jdbi;

    JournalQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Run> runs(@Nullable String agent, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        agent == null
                                ? "select * from run order by id desc limit :limit"
                                : "select * from run where agent = :agent order by id desc limit :limit")
                .bind("agent", agent)
                .bind("limit", limit)
                .map((row, context) -> Run.read(row))
                .list());
    }

    public Optional<Run> run(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from run where id = :id")
                .bind("id", id)
                .map((row, context) -> Run.read(row))
                .findOne());
    }

    public List<Entry> entries(@Nullable String agent, @Nullable EntryState state, int limit) {
        var sql = "select * from entry"
                + where(agent == null ? null : "agent = :agent", state == null ? null : "state = :state")
                + " order by id desc limit :limit";
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("agent", agent)
                .bind("state", state == null ? null : state.name())
                .bind("limit", limit)
                .map((row, context) -> Entry.read(row))
                .list());
    }

    /** The entries that a run was the last to work on, in the order of admission. */
    public List<Entry> entriesOf(UUID runId, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from entry where run_id = :run order by id limit :limit")
                        .bind("run", runId)
                        .bind("limit", limit)
                        .map((row, context) -> Entry.read(row))
                        .list());
    }

    public Optional<Entry> entry(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from entry where id = :id")
                .bind("id", id)
                .map((row, context) -> Entry.read(row))
                .findOne());
    }

    /** JSON of an entry's item; empty after deletion. */
    public Optional<String> item(UUID entryId) {
        return jdbi.withHandle(handle -> handle.createQuery("select item from entry where id = :id")
                .bind("id", entryId)
                .mapTo(String.class)
                .findOne());
    }

    public List<ModelCall> callsOf(UUID entryId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from model_call where entry_id = :entry order by id")
                        .bind("entry", entryId)
                        .map((row, context) -> ModelCall.read(row))
                        .list());
    }

    public List<ModelCall> callsOfRun(UUID runId, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from model_call where run_id = :run order by id limit :limit")
                        .bind("run", runId)
                        .bind("limit", limit)
                        .map((row, context) -> ModelCall.read(row))
                        .list());
    }

    public List<Delivery> deliveriesOf(UUID entryId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from delivery where entry_id = :entry order by attempt")
                        .bind("entry", entryId)
                        .map((row, context) -> Delivery.read(row))
                        .list());
    }

    private static String where(@Nullable String... conditions) {
        var given = Arrays.stream(conditions).filter(Objects::nonNull).toList();
        return given.isEmpty() ? "" : " where " + String.join(" and ", given);
    }
}
