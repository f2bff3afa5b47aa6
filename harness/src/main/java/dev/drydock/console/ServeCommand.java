package dev.drydock.console;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.outbox.OutboxTimer;
import dev.drydock.run.Schedules;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine.Command;

/** {@code serve}: the schedule, the API and the page, until SIGTERM. */
@Command(
        name = "serve",
        description = "Runs the schedule, the API and the page until it is stopped. The default.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {

    @Override
    public void run() {
        StartUpCheck.orExit();
        Quarkus.run(Serving.class, Exits.handler());
    }

    /** What runs once everything is up. */
    public static final class Serving implements QuarkusApplication {

        private final Schedules schedules;
        private final OutboxTimer outbox;
        private final GracefulShutdown underWay;

        Serving(Schedules schedules, OutboxTimer outbox, GracefulShutdown underWay) {
            this.schedules = schedules;
            this.outbox = outbox;
            this.underWay = underWay;
        }

        @Override
        public int run(String... arguments) {
            Exits.exitCleanlyOnSigterm(underWay);
            schedules.start();
            outbox.start();
            Quarkus.waitForExit();
            return Exits.COMPLETED;
        }
    }
}
