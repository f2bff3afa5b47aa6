package dev.drydock.journal;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The entries to decide, oldest first: new ones, and those that an earlier cycle left open. */
@Singleton
public class UndecidedEntries {

    /** Sorts before every id. */
    public static final UUID FROM_THE_START = new UUID(0, 0);

    /** An entry as the decision needs it; {@code item} is JSON of the agent's item record. */
    public record Undecided(UUID id, String itemId, String item) {}

    private final Jdbi jdbi;

    UndecidedEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many there are. */
    public int count(String agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from entry where agent = :agent and state = 'ADMITTED'")
                        .bind("agent", agent)
                        .mapTo(Integer.class)
                        .one());
    }

    /** At most {@code limit} entries that come after {@code after}. */
    public List<Undecided> page(String agent, UUID after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select id, item_id, item from entry
                where agent = :agent and state = 'ADMITTED' and id > :after
                order by id limit :limit""")
                .bind("agent", agent)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) ->
                        new Undecided(row.getObject("id", UUID.class), row.getString("item_id"), row.getString("item")))
                .list());
    }
}
