package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.database.RetryConflicts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes PENDING entries out of the outbox that are not to be delivered any more. What a process has claimed is left to it,
 * until its lease expires. Each method returns how many entries it changed.
 */
@Singleton
@RetryConflicts
public class WithdrawDeliveries {

    private static final String UNSURE =
            "unsure: the process ended during delivery; check whether it arrived, then redeliver it or not";

    private final Jdbi jdbi;
    private final InstantSource clock;

    WithdrawDeliveries(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Entries with so many attempts, the last cut short by a crash, become UNDELIVERABLE until a person redelivers them. */
    public int setAsideUnsure(String agent, int attempts) {
        return withdraw(
                agent,
                EntryState.UNDELIVERABLE,
                UNSURE,
                "lease_until is not null and delivery_attempts - earlier_deliveries >= :attempts",
                Map.of("attempts", attempts));
    }

    /** Entries that were decided in live mode, and approved by nobody, become HELD. */
    public int hold(String agent, Mode mode) {
        return withdraw(
                agent,
                EntryState.HELD,
                "BRAKE: decided in live mode, not delivered before the mode changed to %s; a person approves or rejects it"
                        .formatted(mode.name().toLowerCase(Locale.ROOT)),
                "approved_at is null and mode is distinct from 'REVIEW'", // an older release notes no time of an
                // approval
                Map.of());
    }

    /** Entries that were decided, approved or returned longer ago become EXPIRED. */
    public int expire(String agent, Duration within) {
        return withdraw(
                agent,
                EntryState.EXPIRED,
                "not delivered within %d s (deliver-within)".formatted(within.toSeconds()),
                "greatest(decided_at, approved_at, returned_at) < :oldest",
                Map.of("oldest", clock.instant().minus(within)));
    }

    /** A claim that is left at this point is that of a process that ended. */
    private int withdraw(String agent, EntryState state, String why, String condition, Map<String, ?> values) {
        var sql = """
                with withdrawn as (
                    update entry set state = :state, claim = null, lease_until = null,
                        hold_reason = case when :state = 'HELD' then 'BRAKE' end,
                        set_aside_at = case when :state <> 'HELD' then :now::timestamptz end,
                        fault = case when lease_until is null or :why = :unsure then :why else :why || '; ' || :unsure end
                    where agent = :agent and state = 'PENDING' and (lease_until is null or lease_until < now()) and %s
                    returning id
                ), cut_short as (
                    update delivery set outcome = 'UNSURE', finished_at = :now, fault = 'the process ended before the response'
                    from withdrawn where delivery.entry_id = withdrawn.id and outcome = 'STARTED'
                )
                select count(*) from withdrawn""".formatted(condition);
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("agent", agent)
                .bind("state", state.name())
                .bind("why", why)
                .bind("unsure", UNSURE)
                .bind("now", clock.instant())
                .bindMap(values)
                .mapTo(Integer.class)
                .one());
    }
}
