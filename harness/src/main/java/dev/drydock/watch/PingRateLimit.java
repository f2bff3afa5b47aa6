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
 * Decides which pings one check is sent, so that it is never more than five in a minute, however short the cycles are:
 * Healthchecks takes no more. Of an agent's runs one each 30 seconds is told, and besides the ends that change how the agent
 * fares. Where there is no room for such an end, a later one tells.
 */
final class PingRateLimit {

    /** https://healthchecks.io/docs/http_api */
    private static final int AT_MOST = 5;

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration SPACING = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final List<Instant> sent = new ArrayList<>();
    private final Set<UUID> begun = new HashSet<>();
    private final Map<String, Instant> toldAt = new HashMap<>();
    private final Map<String, Boolean> wentWell = new HashMap<>();
    private boolean answered = true;

    PingRateLimit(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Whether to tell that a run begins; then its end must be told, too, or the check takes it for hanging. Not to a check
     * that did not take the last ping: it would cost each run time before it has done anything.
     */
    synchronized boolean tellsStart(String agent, UUID run) {
        if (!answered || !isDue(agent) || room() < 2) {
            return false;
        }
        begun.add(run);
        noteSent(agent);
        return true;
    }

    /** Whether to tell that a run has ended. */
    synchronized boolean tellsEnd(String agent, @Nullable UUID run, boolean well) {
        var begunBefore = run != null && begun.remove(run);
        var changed = !Boolean.valueOf(well).equals(wentWell.get(agent));
        if (!begunBefore && (room() == 0 || !changed && !isDue(agent))) {
            return false;
        }
        wentWell.put(agent, well);
        if (begunBefore) {
            sent.add(clock.instant());
        } else {
            noteSent(agent);
        }
        return true;
    }

    /** Says whether the check took the ping. */
    synchronized void answered(boolean answered) {
        this.answered = answered;
    }

    private void noteSent(String agent) {
        var now = clock.instant();
        sent.add(now);
        toldAt.put(agent, now);
    }

    private boolean isDue(String agent) {
        var last = toldAt.get(agent);
        return last == null || !isWithin(SPACING, last);
    }

    /** How many more pings fit in, when the ends of the runs that were told to have begun have come. */
    private int room() {
        sent.removeIf(at -> !isWithin(WITHIN, at));
        return AT_MOST - sent.size() - begun.size();
    }

    /** What lies ahead was written down before a clock was set back: of that it is not known how long ago it was. */
    private boolean isWithin(Duration time, Instant at) {
        var ago = Duration.between(at, clock.instant());
        return !ago.isNegative() && ago.compareTo(time) < 0;
    }
}
