package dev.drydock.run;

import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The period and the grace time to configure for an agent's heartbeat check, so that a missing ping means a failure. */
@Singleton
public class HeartbeatExpectation {

    /** Heartbeats of shorter cycles are thinned, and Healthchecks knows no shorter period. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** For pings that have to be sent a second time. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

    /**
     * What to set at a check.
     *
     * @param every its period; null for an agent that runs by a cron expression, or on request only
     * @param grace how much later a sign may come; in whole minutes
     */
    public record Expectation(@Nullable Duration every, Duration grace) {

        @Override
        public String toString() {
            return (every == null ? "on schedule" : "every " + every) + ", with a grace of " + grace;
        }
    }

    private final StuckRunWatchdog watchdog;

    HeartbeatExpectation(StuckRunWatchdog watchdog) {
        this.watchdog = watchdog;
    }

    /** As of now: an agent whose cycles come to take longer needs a longer grace. */
    public Expectation of(RegisteredAgent<?, ?> agent) {
        var grace = watchdog.limit(agent.name())
                .plus(watchdog.grace())
                .plus(agent.settings().jitter())
                .plus(ON_THE_WAY);
        return new Expectation(every(agent.settings().schedule()), roundedUp(grace));
    }

    private static @Nullable Duration every(Schedule schedule) {
        if (!(schedule instanceof Schedule.Every every)) {
            return null;
        }
        return every.interval().compareTo(SHORTEST) < 0 ? SHORTEST : every.interval();
    }

    private static Duration roundedUp(Duration duration) {
        return Duration.ofMinutes(duration.plusMinutes(1).minusNanos(1).toMinutes());
    }
}
