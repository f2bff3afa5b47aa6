package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RetryConflicts;
import dev.drydock.journal.ProposedCall.State;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Tool calls with side effects. The same call of one entry is one row, however often the entry is decided. */
@Singleton
@RetryConflicts
public class SideEffectJournal {

    /**
     * A call that the model requests.
     *
     * @param key the same for the same tool with the same arguments
     */
    public record Call(String key, String tool, String arguments, String risk) {}

    private final Jdbi jdbi;
    private final InstantSource clock;

    SideEffectJournal(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Stores a call in this state unless it is stored already, and returns the stored one. */
    public ProposedCall propose(String agent, UUID entryId, Call call, State state) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into side_effect (id, entry_id, agent, call_key, tool, arguments, risk, state, proposed_at)
                values (:id, :entry, :agent, :key, :tool, :arguments::json, :risk, :state, :now)
                on conflict on constraint side_effect_once do update set risk = excluded.risk
                returning *""")
                .bind("id", Database.newId())
                .bind("entry", entryId)
                .bind("agent", agent)
                .bind("key", call.key())
                .bind("tool", call.tool())
                .bind("arguments", call.arguments())
                .bind("risk", call.risk())
                .bind("state", state.name())
                .bind("now", clock.instant())
                .map((row, context) -> ProposedCall.read(row))
                .one());
    }

    /** Changes the state of a call, if it is still in the state that the caller saw. */
    public boolean move(UUID id, State from, State to, @Nullable String result) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update side_effect set state = :to, result = :result, settled_at = :now
                where id = :id and state = :from""")
                        .bind("id", id)
                        .bind("from", from.name())
                        .bind("to", to.name())
                        .bind("result", result == null ? null : Json.storable(result))
                        .bind("now", clock.instant())
                        .execute())
                == 1;
    }

    /**
     * Changes a call to STARTED, unless the agent has started {@code most} calls of this risk within the period. Exact over
     * all threads and processes, by an advisory lock.
     */
    public boolean startWithin(ProposedCall call, String agent, Duration within, int most) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select 1 from pg_advisory_xact_lock(hashtext(:agent))")
                    .bind("agent", "side effects of " + agent)
                    .mapTo(Integer.class)
                    .one();
            var started = handle.createQuery("""
                    select count(*) from side_effect
                    where agent = :agent and risk = :risk and settled_at > :since and state in ('STARTED', 'DONE', 'FAILED')""")
                    .bind("agent", agent)
                    .bind("risk", call.risk())
                    .bind("since", clock.instant().minus(within))
                    .mapTo(Integer.class)
                    .one();
            return started < most
                    && handle.createUpdate(
                                            "update side_effect set state = 'STARTED', settled_at = :now where id = :id and state = :seen")
                                    .bind("id", call.id())
                                    .bind("seen", call.state().name())
                                    .bind("now", clock.instant())
                                    .execute()
                            == 1;
        });
    }

    /** The calls proposed for an entry, in their order. */
    public List<ProposedCall> of(UUID entryId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from side_effect where entry_id = :entry order by id")
                        .bind("entry", entryId)
                        .map((row, context) -> ProposedCall.read(row))
                        .list());
    }
}
