package dev.drydock.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Limits the pings to one target to five a minute, however short the cycles are: Healthchecks accepts no more. Of each agent
 * it allows one run every 30 seconds, and in between the ends that change from success to failure or back.
 */
final class PingRateLimit {

    /** https://healthchecks.io/docs/http_api */
    private static final int AT_MOST = 5;

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration SPACING = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final List<Instant> sent = new ArrayList<>();
    private final Set<UUID> started = new HashSet<>();
    private final Map<String, Instant> sentAt = new HashMap<>();
    private final Map<String, Boolean> succeeded = new HashMap<>();
    private boolean lastAccepted = true;

    PingRateLimit(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Whether to send a ping that a run starts. Its end is then always allowed, or the check would report a hanging run. Not
     * allowed if the last ping failed: it would delay each run.
     */
    synchronized boolean allowsStart(String agent, UUID run) {
        if (!lastAccepted || !isDue(agent) || room() < 2) {
            return false;
        }
        started.add(run);
        recordSent(agent);
        return true;
    }

    /** Whether to send a ping that a run has ended. */
    synchronized boolean allowsEnd(String agent, @Nullable UUID run, boolean success) {
        var startSent = run != null && started.remove(run);
        var changed = !Boolean.valueOf(success).equals(succeeded.get(agent));
        if (!startSent && (room() == 0 || (!changed && !isDue(agent)))) {
            return false;
        }
        succeeded.put(agent, success);
        if (startSent) {
            sent.add(clock.instant());
        } else {
            recordSent(agent);
        }
        return true;
    }

    /** Records whether the service accepted the last ping. */
    synchronized void accepted(boolean accepted) {
        lastAccepted = accepted;
    }

    private void recordSent(String agent) {
        var now = clock.instant();
        sent.add(now);
        sentAt.put(agent, now);
    }

    private boolean isDue(String agent) {
        var last = sentAt.get(agent);
        return last == null || !isWithin(SPACING, last);
    }

    /** How many more pings are allowed, with one reserved for the end of each started run. */
    private int room() {
        sent.removeIf(at -> !isWithin(WITHIN, at));
        return AT_MOST - sent.size() - started.size();
    }

    /** False for times in the future, which a clock that was set back leaves behind. */
    private boolean isWithin(Duration time, Instant at) {
        var ago = Duration.between(at, clock.instant());
        return !ago.isNegative() && ago.compareTo(time) < 0;
    }
}
