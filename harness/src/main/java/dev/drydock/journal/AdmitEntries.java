package dev.drydock.journal;

import static dev.drydock.journal.Columns.column;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.agent.Item;
import dev.drydock.concurrent.Watchdog;
import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Stores what was fetched, each item in each version once for all. This is where idempotency lives: a unique key of
 * agent, item id and item version, and nowhere else.
 */
@Singleton
@RetryConflicts
public class AdmitEntries {

    /** PostgreSQL limits index keys to about 2,700 bytes. Longer ids are truncated and made unique by a hash. */
    private static final int LONGEST_ID = 500;

    /** What one statement stores at most, so that items need not fit into memory together. */
    private static final int MOST_ROWS = 1_000;

    private static final int MOST_CHARACTERS = 1 << 21;

    private record Row(String id, String version, String json) {}

    private final Jdbi jdbi;
    private final Json json;
    private final InstantSource clock;

    AdmitEntries(Jdbi jdbi, Json json, InstantSource clock) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What became of the items.
     *
     * @param items how many there were
     * @param admitted how many were new
     * @param unstorable a line about each item that cannot be written as JSON
     */
    public record Admission(int items, int admitted, List<String> unstorable) {}

    /**
     * Admits those of the items that are new, in one transaction: if the iteration over the items throws, none. Items are
     * iterated over once, and only a few are in memory at a time.
     */
    public Admission admit(String agent, UUID runId, Iterable<? extends Item> items) {
        return jdbi.inTransaction(handle -> {
            int number = 0;
            int admitted = 0;
            int characters = 0;
            var rows = new ArrayList<Row>();
            var unstorable = new ArrayList<String>();
            for (var item : items) {
                number++;
                Watchdog.progressed(); // a source may read it only now
                try {
                    var row = new Row(key(item.id()), key(item.version()), json.write(item));
                    characters += row.json().length();
                    rows.add(row);
                } catch (OutOfMemoryError e) {
                    unstorable.add("the item is too large for the memory of this process (%d MB)"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20));
                } catch (RuntimeException e) { // one item without an id, say, must not keep out the others
                    unstorable.add(e.getClass().getSimpleName() + ": " + e.getMessage());
                }
                if (rows.size() == MOST_ROWS || characters >= MOST_CHARACTERS) {
                    admitted += insert(handle, agent, runId, rows);
                    rows.clear();
                    characters = 0;
                }
            }
            return new Admission(
                    number, admitted + (rows.isEmpty() ? 0 : insert(handle, agent, runId, rows)), unstorable);
        });
    }

    private int insert(Handle handle, String agent, UUID runId, List<Row> rows) {
        return handle.createUpdate("""
                insert into entry (id, agent, item_id, item_version, item, item_bytes, state, run_id, admitted_at)
                select id, :agent, item_id, item_version, item::json, octet_length(item), 'ADMITTED', :run, :now
                from unnest(:ids, :itemIds, :versions, :items) as new (id, item_id, item_version, item)
                on conflict on constraint entry_once do nothing""")
                .bind("agent", agent)
                .bind("run", runId)
                .bind("now", clock.instant())
                .bindArray("ids", UUID.class, column(rows, row -> Database.newId()))
                .bindArray("itemIds", String.class, column(rows, Row::id))
                .bindArray("versions", String.class, column(rows, Row::version))
                .bindArray("items", String.class, column(rows, Row::json))
                .execute();
    }

    private static String key(String text) {
        var storable = Json.storable(text);
        return storable.length() <= LONGEST_ID
                ? storable
                : storable.substring(0, LONGEST_ID) + "…" + UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
    }
}
