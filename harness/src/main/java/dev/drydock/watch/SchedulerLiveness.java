package dev.drydock.watch;

import dev.drydock.concurrent.Timers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Is down when the loop is dead: it has begun nothing for half a minute, where something is due each second. */
@Liveness
@Singleton
class SchedulerLiveness implements HealthCheck {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Timers timers;
    private final Duration longest;

    @Inject
    SchedulerLiveness(Timers timers) {
        this(timers, LONGEST);
    }

    SchedulerLiveness(Timers timers, Duration longest) {
        this.timers = timers;
        this.longest = longest;
    }

    @Override
    public HealthCheckResponse call() {
        var silence = timers.silence();
        return HealthCheckResponse.named("loop")
                .status(silence.compareTo(longest) < 0)
                .withData("silentForSeconds", silence.toSeconds())
                .build();
    }
}
