package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The entries to decide, oldest first: new ones, and those that an earlier cycle left open. Not the deferred ones. */
@Singleton
public class UndecidedEntries {

    /** Sorts before every id. */
    public static final UUID FROM_THE_START = new UUID(0, 0);

    private static final int MOST_BYTES = 1 << 21;

    /**
     * An entry as the decision needs it; {@code item} is JSON of the agent's item record.
     *
     * @param answers what an earlier attempt keeps for this one; null if it called no tool that changes the world
     */
    public record Undecided(
            UUID id, String itemId, String item, @Nullable String answers) {}

    private final Jdbi jdbi;

    UndecidedEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many there are. */
    public int count(String agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from entry where agent = :agent and state = 'ADMITTED' and not deferred")
                .bind("agent", agent)
                .mapTo(Integer.class)
                .one());
    }

    /**
     * At most {@code limit} entries that come after {@code after}, and fewer if their items are large: a page fits into
     * memory. It is empty only if there are no more.
     */
    public List<Undecided> page(String agent, UUID after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select id, item_id, item, answers
                from entry join (
                    select id, sum(bytes) over (order by id) - bytes as before
                    from (
                        select id, coalesce(item_bytes, octet_length(item::text), 0) as bytes from entry
                        where agent = :agent and state = 'ADMITTED' and not deferred and id > :after
                        order by id limit :limit
                    ) as sized
                ) as page using (id)
                where before < :bytes
                order by id""")
                .bind("bytes", MOST_BYTES)
                .bind("agent", agent)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
    }

    /** One of them; empty if it is no longer to be decided. */
    public Optional<Undecided> one(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, item_id, item, answers from entry where id = :id and state = 'ADMITTED'")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
    }

    private static Undecided read(ResultSet row) throws SQLException {
        return new Undecided(
                row.getObject("id", UUID.class),
                row.getString("item_id"),
                row.getString("item"),
                row.getString("answers"));
    }
}
