package dev.drydock.watch;

import dev.drydock.journal.DeferredWrites;
import dev.drydock.journal.Observations;
import dev.drydock.journal.Observations.Kind;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Stores when an outside service last acknowledged a ping about an agent. */
@Singleton
class RecordHeartbeats {

    private final Observations observations;
    private final DeferredWrites writes;

    RecordHeartbeats(Observations observations, DeferredWrites writes) {
        this.observations = observations;
        this.writes = writes;
    }

    void sent(@Observes HeartbeatEvent.Sent ping) {
        writes.write("a heartbeat", () -> observations.store(Kind.HEARTBEAT, ping.agent(), true, ping.service(), null));
    }
}
