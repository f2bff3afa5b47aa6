package dev.drydock.watch;

import dev.drydock.config.DrydockConfig;
import dev.drydock.journal.RunOutcome;
import dev.drydock.journal.SkipReason;
import dev.drydock.run.RunEvent.CycleEnded;
import dev.drydock.run.RunEvent.CycleStarted;
import dev.drydock.run.RunEvent.RunCrashed;
import dev.drydock.watch.Ping.Kind;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Sends a ping to outside services when a run starts and ends, in the run's own thread. When runs no longer end, pings stop
 * and the service alerts. A failed ping does not affect the run.
 */
@Singleton
class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    /** A ping may take seconds, so all other observers run first. */
    private static final int LAST = Interceptor.Priority.PLATFORM_AFTER;

    private final Map<URI, PingRateLimit> rateLimits = new ConcurrentHashMap<>();
    private final DrydockConfig config;
    private final PingClient client;
    private final InstantSource clock;
    private final Event<HeartbeatEvent> events;

    Heartbeat(DrydockConfig config, PingClient client, InstantSource clock, Event<HeartbeatEvent> events) {
        this.config = config;
        this.client = client;
        this.clock = clock;
        this.events = events;
    }

    void started(@Observes @Priority(LAST) CycleStarted run) {
        for (var target : PingTarget.of(run.agent(), config)) {
            if (target.acceptsStart() && rateLimit(target).allowsStart(run.agent(), run.runId())) {
                send(target, run.agent(), Ping.started(run));
            }
        }
    }

    /**
     * A cycle that was due while the one before still ran sends nothing: the running one reports its own end. Nor does one
     * whose process was asked to stop: the cycle that goes on with it reports the end.
     */
    void ended(@Observes @Priority(LAST) CycleEnded run) {
        var result = run.result();
        if (result.skipReason() != SkipReason.ALREADY_RUNNING && result.outcome() != RunOutcome.INTERRUPTED) {
            end(run.agent(), Ping.ended(run));
        }
    }

    /** Sent by the process that detects the crash. */
    void crashed(@Observes @Priority(LAST) RunCrashed run) {
        end(run.agent(), Ping.crashed(run));
    }

    private void end(String agent, Ping ping) {
        for (var target : PingTarget.of(agent, config)) {
            if (rateLimit(target).allowsEnd(agent, ping.run(), ping.kind() == Kind.SUCCESS)) {
                send(target, agent, ping);
            }
        }
    }

    private void send(PingTarget target, String agent, Ping ping) {
        var failure = client.send(target, ping);
        rateLimit(target).accepted(failure.isEmpty());
        if (failure.isEmpty()) {
            events.fire(new HeartbeatEvent.Sent(agent, target.title()));
        } else {
            LOG.warnf(
                    "Ping to %s about the cycle of %s failed: %s; the next cycle sends another",
                    target.title(), agent, failure.get());
            events.fire(new HeartbeatEvent.Failed(agent, target.title(), failure.get()));
        }
    }

    private PingRateLimit rateLimit(PingTarget target) {
        return rateLimits.computeIfAbsent(target.url(), url -> new PingRateLimit(clock));
    }
}
