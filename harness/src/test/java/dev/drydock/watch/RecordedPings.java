package dev.drydock.watch;

import dev.drydock.MovableClock;
import dev.drydock.NoteAgent;
import dev.drydock.agent.Mode;
import dev.drydock.run.AgentRunner;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records sent and failed pings, from a time at which all services accept pings. */
@Singleton
final class RecordedPings {

    final List<HeartbeatEvent.Sent> sent = new CopyOnWriteArrayList<>();
    final List<HeartbeatEvent.Failed> failed = new CopyOnWriteArrayList<>();

    private final AgentRunner runner;
    private final MovableClock clock;

    RecordedPings(AgentRunner runner, MovableClock clock) {
        this.runner = runner;
        this.clock = clock;
    }

    void beginAnew(PingServer server) {
        clock.advance(Duration.ofMinutes(2));
        server.answers();
        runner.run(new NoteAgent().in(Mode.SHADOW));
        clock.advance(Duration.ofMinutes(2));
        server.forget();
        failed.clear();
    }

    void sent(@Observes HeartbeatEvent.Sent event) {
        sent.add(event);
    }

    void failed(@Observes HeartbeatEvent.Failed event) {
        failed.add(event);
    }
}
