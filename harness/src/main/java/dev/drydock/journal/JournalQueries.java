package dev.drydock.journal;

import dev.drydock.journal.ReturnEntries.Return;
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

    /** What one answer reads at most, save for a single entry. */
    private static final int MOST_BYTES = 1 << 22;

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

    /** Fewer than {@code limit} if their decisions are large. */
    public List<Entry> entries(@Nullable String agent, @Nullable EntryState state, int limit) {
        var where = where(agent == null ? null : "agent = :agent", state == null ? null : "state = :state");
        return jdbi.withHandle(handle -> handle.createQuery(page(where, "id desc"))
                .bind("agent", agent)
                .bind("state", state == null ? null : state.name())
                .bind("bytes", MOST_BYTES)
                .bind("limit", limit)
                .map((row, context) -> Entry.read(row))
                .list());
    }

    /** The entries that a run was the last to work on, in the order of admission; fewer if their decisions are large. */
    public List<Entry> entriesOf(UUID runId, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(page(" where run_id = :run", "id"))
                .bind("bytes", MOST_BYTES)
                .bind("run", runId)
                .bind("limit", limit)
                .map((row, context) -> Entry.read(row))
                .list());
    }

    public Optional<Entry> entry(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + Entry.COLUMNS + " from entry where id = :id")
                .bind("id", id)
                .map((row, context) -> Entry.read(row))
                .findOne());
    }

    public Optional<Entry> entry(String agent, String itemId, String itemVersion) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select %s from entry where agent = :agent and item_id = :id and item_version = :version"
                                .formatted(Entry.COLUMNS))
                .bind("agent", agent)
                .bind("id", itemId)
                .bind("version", itemVersion)
                .map((row, context) -> Entry.read(row))
                .findOne());
    }

    /** The entry of an item that was decided last, whatever the version of the item. */
    public Optional<Entry> latestDecided(String agent, String itemId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select %s from entry where agent = :agent and item_id = :id and decision is not null
                order by id desc limit 1""".formatted(Entry.COLUMNS))
                .bind("agent", agent)
                .bind("id", itemId)
                .map((row, context) -> Entry.read(row))
                .findOne());
    }

    /** The entry that a delivery with this receipt belongs to. */
    public Optional<Entry> deliveredAs(String receipt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select %s from entry where id = (
                    select entry_id from delivery where receipt = :receipt and receipt like 'Slack message %%'
                    order by started_at desc limit 1)""".formatted(Entry.COLUMNS))
                .bind("receipt", receipt)
                .map((row, context) -> Entry.read(row))
                .findOne());
    }

    /** What people said of an entry's decision, in the order in which they did. */
    public List<Feedback> feedbackOf(UUID entryId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from feedback where entry_id = :entry order by id")
                        .bind("entry", entryId)
                        .map((row, context) -> Feedback.read(row))
                        .list());
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

    /** Calls with request and response, as far as these fit into memory; the later ones with {@code {"omitted": true}}. */
    public List<ModelCall> callsOfRun(UUID runId, int limit) {
        return calls("run_id", runId, limit);
    }

    /** The same for one entry, in every attempt to decide it. */
    public List<ModelCall> callsOfEntry(UUID entryId, int limit) {
        return calls("entry_id", entryId, limit);
    }

    private List<ModelCall> calls(String column, UUID value, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                with call as (
                    select * from model_call where %s = :value order by id limit :limit
                ), stored as (
                    select id, sum(pg_column_size(request) + coalesce(pg_column_size(response), 0)) over (order by id) as bytes
                    from call
                ), shown as (
                    select id, sum(octet_length(request::text) + coalesce(octet_length(response::text), 0))
                        over (order by id) as bytes
                    from call join stored using (id) where stored.bytes <= :bytes
                )
                select %s,
                    case when shown.bytes <= :bytes then request else '{"omitted": true}' end as request,
                    case when shown.bytes <= :bytes then response end as response
                from call left join shown using (id) order by id""".formatted(column, ModelCall.COLUMNS))
                .bind("bytes", MOST_BYTES)
                .bind("value", value)
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

    /** What an entry was each time before a person returned it. */
    public List<Return> returnsOf(UUID entryId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from entry_return where entry_id = :entry order by at")
                .bind("entry", entryId)
                .map((row, context) -> new Return(
                        ResultSets.instant(row, "at"),
                        row.getString("state"),
                        row.getString("fault"),
                        row.getInt("attempts")))
                .list());
    }

    /** As many entries as have decisions of {@link #MOST_BYTES} together. */
    private static String page(String where, String order) {
        return """
                select %1$s
                from (
                    select %1$s, sum(bytes) over (order by %3$s) - bytes as before
                    from (
                        select %1$s, coalesce(octet_length(decision::text), 0) as bytes
                        from entry%2$s order by %3$s limit :limit
                    ) as sized
                ) as page
                where before < :bytes order by %3$s""".formatted(Entry.COLUMNS, where, order);
    }

    private static String where(@Nullable String... conditions) {
        var given = Arrays.stream(conditions).filter(Objects::nonNull).toList();
        return given.isEmpty() ? "" : " where " + String.join(" and ", given);
    }
}
