package dev.drydock.journal;

import dev.drydock.agent.SideEffect.Risk;
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
     * @param idempotent whether making it again does no harm
     */
    public record Call(String key, String tool, String arguments, Risk risk, boolean idempotent) {

        /** One that may do harm if it is made again. */
        public Call(String key, String tool, String arguments, Risk risk) {
            this(key, tool, arguments, risk, false);
        }
    }

    private static final String CUT_OFF = "the process ended before the tool returned";

    private final Jdbi jdbi;
    private final InstantSource clock;

    SideEffectJournal(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Stores a call in this state unless it is stored already, and returns the stored one. */
    public ProposedCall propose(String agent, UUID entryId, Call call, State state) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into side_effect
                    (id, entry_id, agent, call_key, tool, arguments, risk, idempotent, state, proposed_at)
                values (:id, :entry, :agent, :key, :tool, :arguments::json, :risk, :idempotent, :state, :now)
                on conflict on constraint side_effect_once
                    do update set risk = excluded.risk, idempotent = excluded.idempotent
                returning *""")
                .bind("id", Database.newId())
                .bind("entry", entryId)
                .bind("agent", agent)
                .bind("key", call.key())
                .bind("tool", call.tool())
                .bind("arguments", call.arguments())
                .bind("risk", call.risk().name())
                .bind("idempotent", call.idempotent())
                .bind("state", state.name())
                .bind("now", clock.instant())
                .map((row, context) -> ProposedCall.read(row))
                .one());
    }

    /** Gives a call that changed nothing so far other arguments. An approval was for the earlier ones, and is void. */
    public ProposedCall change(ProposedCall earlier, Call call) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                update side_effect set call_key = :key, arguments = :arguments::json, risk = :risk,
                    idempotent = :idempotent, state = 'PROPOSED', result = null
                where id = :id and state = :seen returning *""")
                .bind("id", earlier.id())
                .bind("seen", earlier.state().name())
                .bind("key", call.key())
                .bind("arguments", call.arguments())
                .bind("risk", call.risk().name())
                .bind("idempotent", call.idempotent())
                .map((row, context) -> ProposedCall.read(row))
                .one());
    }

    /** Keeps what the model has answered until now, for the next attempt at deciding the entry. */
    public void keepAnswers(UUID entryId, String answers) {
        jdbi.useHandle(handle -> handle.createUpdate("update entry set answers = :answers::json where id = :entry")
                .bind("entry", entryId)
                .bind("answers", answers)
                .execute());
    }

    /** Changes the state of a call, if it is still in the state that the caller saw. */
    public boolean move(UUID id, State from, State to, @Nullable String result) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update side_effect set state = :to, result = :result, settled_at = :now,
                    started_at = case when :to = 'STARTED' then :now else started_at end
                where id = :id and state = :from""")
                        .bind("id", id)
                        .bind("from", from.name())
                        .bind("to", to.name())
                        .bind("result", result == null ? null : Json.storable(result))
                        .bind("now", clock.instant())
                        .execute())
                == 1;
    }

    /** Stores how a call ended. It may have been taken for interrupted meanwhile. */
    public void settle(UUID id, State end, @Nullable String result) {
        if (!move(id, State.STARTED, end, result)) {
            move(id, State.UNSURE, end, result);
        }
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
                    where agent = :agent and risk = :risk and settled_at > :since
                        and state in ('STARTED', 'UNSURE', 'DONE', 'FAILED')""")
                    .bind("agent", agent)
                    .bind("risk", call.risk().name())
                    .bind("since", clock.instant().minus(within))
                    .mapTo(Integer.class)
                    .one();
            return started < most
                    && handle.createUpdate("""
                            update side_effect set state = 'STARTED', settled_at = :now, started_at = :now
                            where id = :id and state = :seen""")
                                    .bind("id", call.id())
                                    .bind("seen", call.state().name())
                                    .bind("now", clock.instant())
                                    .execute()
                            == 1;
        });
    }

    /**
     * Marks the agent's calls as UNSURE that a run left open which has ended, and holds their entries. Not those that may be
     * made again: they are, with the next attempt.
     *
     * @return how many entries are held
     */
    public int holdInterrupted(String agent, UUID runId) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                with unsure as (
                    update side_effect set state = 'UNSURE', result = :why, settled_at = :now
                    from entry
                    where entry.id = entry_id and entry.agent = :agent and entry.state = 'ADMITTED'
                        and side_effect.state = 'STARTED'
                        and not (side_effect.idempotent and side_effect.risk in ('LOW', 'MEDIUM'))
                    returning entry_id, tool
                )
                update entry set state = 'HELD', hold_reason = 'UNSURE', run_id = :run,
                    mode = (select mode from run where run.id = :run),
                    fault = 'unsure whether ' || tool || ' was called: ' || :why
                from unsure where entry.id = entry_id""")
                .bind("agent", agent)
                .bind("run", runId)
                .bind("why", CUT_OFF)
                .bind("now", clock.instant())
                .execute());
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
