package dev.drydock.watch;

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
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells the checks outside how each run begins and ends, in the run's own thread: where no run ends any more, no ping is
 * sent. What comes of a ping never touches the run.
 */
@Singleton
class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    /** A ping may take some seconds, so that all others hear of the run before it. */
    private static final int LAST = Interceptor.Priority.PLATFORM_AFTER;

    private static final Set<RunOutcome> WELL = EnumSet.of(RunOutcome.COMPLETED, RunOutcome.COMPLETED_WITH_ERRORS);

    private final Map<URI, PingRateLimit> paces = new ConcurrentHashMap<>();
    private final Checks checks;
    private final SendPing send;
    private final InstantSource clock;
    private final Event<HeartbeatSent> sent;
    private final Event<HeartbeatFailed> failed;

    Heartbeat(
            Checks checks,
            SendPing send,
            InstantSource clock,
            Event<HeartbeatSent> sent,
            Event<HeartbeatFailed> failed) {
        this.checks = checks;
        this.send = send;
        this.clock = clock;
        this.sent = sent;
        this.failed = failed;
    }

    void started(@Observes @Priority(LAST) CycleStarted run) {
        for (var check : checks.of(run.agent())) {
            if (check.hearsStarts() && pace(check).tellsStart(run.agent(), run.runId())) {
                send(check, run.agent(), new Ping(Kind.START, run.runId(), RunSummary.started(run.agent())));
            }
        }
    }

    /** That a cycle was due while the one before still ran says nothing: that one will tell of its own end. */
    void ended(@Observes @Priority(LAST) CycleEnded run) {
        if (run.end().skipReason() != SkipReason.ALREADY_RUNNING) {
            var kind = WELL.contains(run.end().outcome()) ? Kind.SUCCESS : Kind.FAIL;
            end(run.agent(), new Ping(kind, run.runId(), RunSummary.ended(run)));
        }
    }

    /** The run's own thread is dead: whoever finds that out tells it. */
    void crashed(@Observes @Priority(LAST) RunCrashed run) {
        end(run.agent(), new Ping(Kind.FAIL, run.runId(), RunSummary.crashed(run.agent())));
    }

    private void end(String agent, Ping ping) {
        for (var check : checks.of(agent)) {
            if (pace(check).tellsEnd(agent, ping.run(), ping.kind() == Kind.SUCCESS)) {
                send(check, agent, ping);
            }
        }
    }

    private void send(Check check, String agent, Ping ping) {
        var refusal = send.send(check, ping);
        pace(check).answered(refusal.isEmpty());
        if (refusal.isEmpty()) {
            sent.fire(new HeartbeatSent(agent, check.title()));
        } else {
            LOG.warnf(
                    "%s could not be told of the cycle of %s: %s; the cycle does not mind, the next one tries again",
                    check.title(), agent, refusal.get());
            failed.fire(new HeartbeatFailed(agent, check.title(), refusal.get()));
        }
    }

    private PingRateLimit pace(Check check) {
        return paces.computeIfAbsent(check.url(), unknown -> new PingRateLimit(clock));
    }
}
