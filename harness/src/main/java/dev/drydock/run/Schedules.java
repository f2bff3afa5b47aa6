package dev.drydock.run;

import dev.drydock.concurrent.Timers;
import dev.drydock.config.Agents;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Starts cycles when they are due. */
@Singleton
public class Schedules {

    private static final Logger LOG = Logger.getLogger(Schedules.class);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Agents agents;
    private final AgentRunner runner;
    private final MissedCycles missed;
    private final ResumeCrashedRuns takeOver;
    private final Timers timers;
    private final InstantSource clock;
    private final Expectations expectations;
    private final Duration lease;
    private final Map<String, Timetable> timetables = new ConcurrentHashMap<>();
    private volatile boolean started;

    Schedules(
            Agents agents,
            AgentRunner runner,
            MissedCycles missed,
            ResumeCrashedRuns takeOver,
            Timers timers,
            InstantSource clock,
            Expectations expectations,
            DrydockConfig config) {
        this.agents = agents;
        this.runner = runner;
        this.missed = missed;
        this.takeOver = takeOver;
        this.timers = timers;
        this.clock = clock;
        this.expectations = expectations;
        this.lease = config.runLease();
    }

    /** Called once, by the process that serves; a process that runs one cycle and ends has no schedule. */
    public void start() {
        for (var agent : agents.all()) {
            var settings = agent.settings();
            timetables.put(agent.name(), new Timetable(settings.schedule(), settings.zone(), clock.instant()));
            missed.catchUp(agent);
            LOG.infof(
                    "Agent %s: %s mode, %s (%s); expect a sign of it %s",
                    agent.name(), settings.mode(), settings.schedule(), settings.zone(), expectations.of(agent));
        }
        timers.every(LOOK, "Looking at the schedules", () -> agents.all().forEach(this::look));
        timers.every(RunLeases.turns(lease, 4), "Taking over from dead processes", takeOver::look);
        started = true;
    }

    /** Whether this process starts cycles when they are due. */
    public boolean started() {
        return started;
    }

    private void look(RegisteredAgent<?, ?> agent) {
        timetable(agent.name()).flatMap(times -> times.look(clock.instant())).ifPresent(dueAt -> {
            var jitter = agent.settings().jitter().toMillis();
            var delay = Duration.ofMillis(
                    jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter));
            timers.after(delay, "A cycle of " + agent.name(), () -> runner.runDue(agent, dueAt));
        });
    }

    /** Empty for an agent that only runs on request. */
    public Optional<Instant> nextFireAt(String agent) {
        return timetable(agent).flatMap(times -> times.next());
    }

    private Optional<Timetable> timetable(String agent) {
        return Optional.ofNullable(timetables.get(agent));
    }
}
