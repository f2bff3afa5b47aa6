package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Entries for the page's lists, without items and decisions. A page of a list is read by an index. */
@Singleton
public class EntryList {

    /** An entry in a list. */
    public record Row(
            UUID id,
            String agent,
            String itemId,
            EntryState state,
            @Nullable HoldReason holdReason,
            @Nullable String label,
            @Nullable String decidedBy,
            @Nullable String fault) {

        static final String COLUMNS = "id, agent, item_id, state, hold_reason, label, decided_by, fault";

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getString("agent"),
                    row.getString("item_id"),
                    ResultSets.constant(row.getString("state"), EntryState.UNKNOWN),
                    ResultSets.nullableConstant(row.getString("hold_reason"), HoldReason.UNKNOWN),
                    row.getString("label"),
                    row.getString("decided_by"),
                    row.getString("fault"));
        }
    }

    private final Jdbi jdbi;

    EntryList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Those that a run was the last to work on, in the order of admission.
     *
     * @param after the id of the last one of the page before; null for the first page
     */
    public List<Row> ofRun(UUID runId, @Nullable UUID after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select %s from entry
                where run_id = :run and (:after::uuid is null or id > :after::uuid) order by id limit :limit""".formatted(Row.COLUMNS))
                .bind("run", runId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> Row.read(row))
                .list());
    }
}
