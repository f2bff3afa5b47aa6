package dev.drydock.watch;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears what becomes of pings. */
@Singleton
final class PingsHeard {

    final List<HeartbeatSent> sent = new CopyOnWriteArrayList<>();
    final List<HeartbeatFailed> failed = new CopyOnWriteArrayList<>();

    void sent(@Observes HeartbeatSent event) {
        sent.add(event);
    }

    void failed(@Observes HeartbeatFailed event) {
        failed.add(event);
    }
}
