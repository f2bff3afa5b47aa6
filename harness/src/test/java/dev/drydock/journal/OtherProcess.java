package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Another process on the same database, as far as the journal can tell. */
@Singleton
public class OtherProcess {

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RunLeases leases;
    private final OpenRuns runs;

    OtherProcess(Jdbi jdbi, InstantSource clock, DrydockConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.leases = new RunLeases(jdbi, clock, config);
        this.runs = new OpenRuns(jdbi, clock, leases, new DeferredWrites());
    }

    public Optional<UUID> open(String agent, @Nullable Instant dueAt) {
        return runs.open(agent, Mode.SHADOW, dueAt);
    }

    /** What a process knows of pauses that has just started. */
    public Pauses pauses() {
        return new Pauses(jdbi, clock);
    }

    /** It has not renewed its leases for longer than they last. */
    public void fallsSilent(String agent) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set lease_until = lease_until - interval '1 day' where agent = ? and outcome = 'RUNNING'",
                agent));
    }

    /** What it has claimed for delivery, longer ago than a claim lasts. */
    public void lostItsClaims(String agent) {
        jdbi.useHandle(handle -> handle.execute(
                "update entry set lease_until = now() - interval '1 second' where agent = ? and lease_until is not null",
                agent));
    }

    /** It renews its leases again. */
    public void wakes() {
        leases.renew();
    }

    public boolean holds(UUID runId) {
        return leases.holds(runId);
    }

    /** As after a time of which the clocks know nothing. */
    public void daysPassInTheDatabase(String agent) {
        jdbi.useHandle(handle ->
                handle.execute("update run set opened_at = opened_at - interval '1 day' where agent = ?", agent));
    }

    /** It is a release that locked in the table shedlock and knew no lease on the run; the lock ends after this time. */
    public void becomesAnOlderRelease(String agent, Duration lock) {
        jdbi.useHandle(handle -> {
            handle.execute("update run set lease_until = null where agent = ? and outcome = 'RUNNING'", agent);
            handle.execute("""
                    insert into shedlock values (?, now() at time zone 'UTC' + ? * interval '1 second', now(), 'older release')
                    on conflict (name) do update set lock_until = excluded.lock_until""", "cycle of " + agent, lock.toSeconds());
        });
    }
}
