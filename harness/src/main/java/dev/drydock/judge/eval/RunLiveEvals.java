package dev.drydock.judge.eval;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.JudgeSettings;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.config.Schedule;
import dev.drydock.database.Database;
import dev.drydock.judge.eval.RunEval.Folders;
import dev.drydock.judge.eval.StoreEval.Claim;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Evaluates each agent with the live model when {@code drydock.evals.live} says so: once over all processes, within a budget of
 * its own. A time that no process was there for is made up for within a day; one that fell into an outage, as soon as the model
 * answers, until the next time is due.
 */
@Singleton
public class RunLiveEvals {

    private static final Logger LOG = Logger.getLogger(RunLiveEvals.class);

    private static final Duration LATE = Duration.ofDays(1);

    private final RunEval evals;
    private final StoreEval store;
    private final ReportDecline decline;
    private final JudgeSettings.Evals settings;
    private final ZoneId zone;
    private final InstantSource clock;

    @Inject
    GracefulShutdown shutdown;

    RunLiveEvals(RunEval evals, StoreEval store, ReportDecline decline, DrydockConfig config, InstantSource clock) {
        this.evals = evals;
        this.store = store;
        this.decline = decline;
        this.settings = config.evals();
        this.zone = config.zone();
        this.clock = clock;
    }

    /** Called once, by {@code serve}. */
    public void start(Collection<RegisteredAgent<?, ?>> agents, PeriodicTasks tasks) {
        if (settings.live() instanceof Schedule.Off) {
            return;
        }
        LOG.infof(
                "Evals with the live model: %s (%s), for at most %s USD each",
                settings.live(), zone, settings.budgetUsd().toPlainString());
        agents.stream()
                .filter(agent -> !Folders.OF_PROJECT.hasCases(agent.name()))
                .forEach(agent -> LOG.warnf(
                        "No eval of %s with the live model: %s does not exist",
                        agent.name(), Folders.OF_PROJECT.cases(agent.name())));
        tasks.every(
                Duration.ofMinutes(1),
                "live evals",
                () -> agents.forEach(agent -> runDue(agent, settings.live(), Folders.OF_PROJECT)));
    }

    /** Evaluates an agent if that is due, and no process has done so. */
    public void runDue(RegisteredAgent<?, ?> agent, Schedule schedule, Folders folders) {
        var now = clock.instant();
        schedule.lastUntil(now, zone)
                .filter(dueAt -> folders.hasCases(agent.name()))
                .flatMap(dueAt -> claim(agent, dueAt, dueAt.isAfter(now.minus(LATE))))
                .ifPresent(claim -> run(agent, claim, folders));
    }

    private Optional<Claim> claim(RegisteredAgent<?, ?> agent, Instant dueAt, boolean first) {
        try {
            return store.claim(agent.name(), dueAt, first);
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
            return Optional.empty(); // a minute later it is tried again
        }
    }

    private void run(RegisteredAgent<?, ?> agent, Claim claim, Folders folders) {
        try (var pass = shutdown.enter()) {
            var options = EvalOptions.live(settings.budgetUsd());
            var report = decline.compare(evals.run(agent, options, folders, (decided, of) -> {}), folders);
            store.end(claim, report);
            LOG.infof("Eval of %s with the live model: %s, %s", agent.name(), report.verdict(), report.sentence());
            decline.report(report);
        } catch (EvalException e) {
            var fault = Objects.requireNonNull(e.getMessage());
            store.end(claim, EvalReport.notMeasured(agent.name(), EvalReport.Verdict.INVALID, fault));
            LOG.errorf("Eval of %s with the live model: %s", agent.name(), fault);
        } catch (InterruptedException e) {
            store.release(claim);
            Thread.currentThread().interrupt();
        }
    }
}
