package dev.drydock.console;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.concurrent.PeriodicTasks;
import dev.drydock.config.Agents;
import dev.drydock.judge.eval.RunLiveEvals;
import dev.drydock.judge.replay.CompareCandidate;
import dev.drydock.outbox.OutboxTimer;
import dev.drydock.run.CycleScheduler;
import dev.drydock.run.ResumeCrashedRuns;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

/** {@code serve}: the schedule, the API and the page, until SIGTERM. */
@Command(
        name = "serve",
        description = "Runs the schedule, the API and the page until it is stopped. The default.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {

    @Override
    public void run() {
        StartUpCheck.orExit(true);
        Quarkus.run(Serving.class, ProcessExit.handler());
    }

    /** Runs when the application has started. */
    public static final class Serving implements QuarkusApplication {

        private final CycleScheduler scheduler;
        private final ResumeCrashedRuns resume;
        private final OutboxTimer outbox;
        private final GracefulShutdown underWay;
        private final StartUpSummary summary;

        @Inject
        Agents agents;

        @Inject
        GoLive goLive;

        @Inject
        PeriodicTasks tasks;

        @Inject
        RunLiveEvals evals;

        @Inject
        CompareCandidate candidates;

        Serving(
                CycleScheduler scheduler,
                ResumeCrashedRuns resume,
                OutboxTimer outbox,
                GracefulShutdown underWay,
                StartUpSummary summary) {
            this.scheduler = scheduler;
            this.resume = resume;
            this.outbox = outbox;
            this.underWay = underWay;
            this.summary = summary;
        }

        @Override
        public int run(String... arguments) {
            ProcessExit.exitCleanlyOnSigterm(underWay);
            summary.log();
            var refusal = goLive.refusal(agents.all());
            if (refusal.isPresent()) {
                System.err.println(refusal.get());
                return ProcessExit.WRONG_SETTINGS;
            }
            scheduler.start();
            resume.start();
            outbox.start();
            evals.start(agents.all(), tasks);
            candidates.start(agents.all(), tasks);
            Quarkus.waitForExit();
            return ProcessExit.COMPLETED;
        }
    }
}
