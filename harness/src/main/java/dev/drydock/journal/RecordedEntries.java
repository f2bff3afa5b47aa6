package dev.drydock.journal;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Entries with all that is on record of how they were decided. They are read a page at a time, in three statements each, so
 * that a month of them fits into memory and takes few statements.
 */
@Singleton
public class RecordedEntries {

    private static final int MOST_ROWS = 500;

    /** As stored, which is compressed. */
    private static final int MOST_BYTES = 1 << 22;

    /**
     * An entry with the record of its last run that asked a model.
     *
     * @param item JSON; null after deletion
     * @param traceId of its run; null if unknown
     * @param calls in their order; none if a rule decided it, and after deletion
     * @param sideEffects the tool calls that were proposed in any run
     */
    public record RecordedEntry(
            Entry entry,
            @Nullable String item,
            @Nullable String traceId,
            List<ModelCall> calls,
            List<ProposedCall> sideEffects) {}

    private record Sized(UUID id, long bytes) {}

    private record Head(
            Entry entry, @Nullable String item, @Nullable String traceId) {}

    private final Jdbi jdbi;

    RecordedEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The ids, by pages, of the entries that a run was the last to work on. */
    public List<List<UUID>> ofRun(UUID runId) {
        return pages("run_id = :value", runId);
    }

    /** The same of the entries that were decided or set aside since. */
    public List<List<UUID>> since(Instant since) {
        return pages("(decided_at >= :value or set_aside_at >= :value)", since);
    }

    /** The same for one entry; empty if there is no such entry, or if no run has tried to decide it. */
    public List<List<UUID>> only(UUID entryId) {
        return pages("id = :value", entryId);
    }

    /** The same of the entries of an agent that were decided last. */
    public List<List<UUID>> latest(String agent, int most) {
        return pages("""
                id in (select id from entry where agent = :value and decision is not null
                    order by id desc limit %d)""".formatted(most), agent);
    }

    private List<List<UUID>> pages(String condition, Object value) {
        var entries = jdbi.withHandle(handle -> handle.createQuery("""
                select id, coalesce(item_bytes, 0) + coalesce((
                    select sum(pg_column_size(request) + coalesce(pg_column_size(response), 0))
                    from model_call where entry_id = entry.id), 0) as bytes
                from entry where %s and (decided_at is not null or fault is not null) order by id""".formatted(condition))
                .bind("value", value)
                .map((row, context) -> new Sized(row.getObject("id", UUID.class), row.getLong("bytes")))
                .list());
        var pages = new ArrayList<List<UUID>>();
        var page = new ArrayList<UUID>();
        var bytes = 0L;
        for (var entry : entries) {
            if (!page.isEmpty() && (page.size() == MOST_ROWS || bytes + entry.bytes() > MOST_BYTES)) {
                pages.add(List.copyOf(page));
                page.clear();
                bytes = 0;
            }
            page.add(entry.id());
            bytes += entry.bytes();
        }
        if (!page.isEmpty()) {
            pages.add(page);
        }
        return pages;
    }

    /** The entries of one page, in its order. Those that were deleted meanwhile are missing. */
    public List<RecordedEntry> read(List<UUID> page) {
        return jdbi.withHandle(handle -> {
            var heads = handle.createQuery("""
                    select %s, item, (select trace_id from run where run.id = run_id) as trace_id
                    from entry where id = any (:ids) order by id""".formatted(Entry.AS_DECIDED))
                    .bindArray("ids", UUID.class, page)
                    .map((row, context) -> new Head(Entry.read(row), row.getString("item"), row.getString("trace_id")))
                    .list();
            var calls = handle.createQuery("select * from model_call where entry_id = any (:ids) order by id")
                    .bindArray("ids", UUID.class, page)
                    .map(keyed((row, context) -> ModelCall.read(row)))
                    .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
            var sideEffects = handle.createQuery("select * from side_effect where entry_id = any (:ids) order by id")
                    .bindArray("ids", UUID.class, page)
                    .map(keyed((row, context) -> ProposedCall.read(row)))
                    .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
            return heads.stream()
                    .map(head -> new RecordedEntry(
                            head.entry(),
                            head.item(),
                            head.traceId(),
                            ofLastRun(calls.getOrDefault(head.entry().id(), List.of())),
                            sideEffects.getOrDefault(head.entry().id(), List.of())))
                    .toList();
        });
    }

    private static <T> RowMapper<Map.Entry<UUID, T>> keyed(RowMapper<T> mapper) {
        return (row, context) -> Map.entry(row.getObject("entry_id", UUID.class), mapper.map(row, context));
    }

    private static List<ModelCall> ofLastRun(List<ModelCall> calls) {
        if (calls.isEmpty()) {
            return calls;
        }
        var last = calls.get(calls.size() - 1).origin().runId();
        return calls.stream()
                .filter(call -> Objects.equals(call.origin().runId(), last))
                .toList();
    }
}
