package dev.drydock.journal;

import dev.drydock.agent.Mode;
import dev.drydock.config.DrydockConfig;
import jakarta.inject.Singleton;
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
    private final RunLocks locks;
    private final OpenRuns runs;

    OtherProcess(Jdbi jdbi, InstantSource clock, DrydockConfig config) {
        this.jdbi = jdbi;
        this.locks = new RunLocks(jdbi, new DeferredWrites(), config);
        this.runs = new OpenRuns(jdbi, clock, locks);
    }

    public Optional<UUID> open(String agent, @Nullable Instant dueAt) {
        return runs.open(agent, Mode.SHADOW, dueAt);
    }

    /** It has given no sign of life for the time of a lease. */
    public void fallsSilent(String agent) {
        jdbi.useHandle(handle -> handle.execute(
                "update shedlock set lock_until = lock_until - interval '1 day' where name = ?", "cycle of " + agent));
    }

    /** It wakes, and says that its runs are alive. */
    public void wakes() {
        locks.renew();
    }

    public boolean holds(UUID runId) {
        return locks.holds(runId);
    }

    /** As after a time of which the clocks know nothing. */
    public void daysPassInTheDatabase(String agent) {
        jdbi.useHandle(handle ->
                handle.execute("update run set opened_at = opened_at - interval '1 day' where agent = ?", agent));
    }
}
