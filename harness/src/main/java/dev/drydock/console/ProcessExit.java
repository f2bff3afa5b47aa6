package dev.drydock.console;

import dev.drydock.concurrent.GracefulShutdown;
import dev.drydock.config.SettingsException;
import dev.drydock.database.Database;
import dev.drydock.journal.RunOutcome;
import dev.drydock.offline.StandIns;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** How the process ends: exit codes, SIGTERM, and failures at start. */
final class ProcessExit {

    static final int COMPLETED = 0;
    static final int FAILED = 1;
    static final int WRONG_SETTINGS = 2;
    static final int WITH_FAULTS = 3;
    static final int SKIPPED = 4;
    static final int DIFFERS = 5;

    private ProcessExit() {}

    static int of(RunOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> COMPLETED;
            case COMPLETED_WITH_ERRORS, HOLLOW -> WITH_FAULTS;
            case SKIPPED, INTERRUPTED -> SKIPPED;
            case RUNNING, FAILED, STUCK, CRASHED, UNKNOWN -> FAILED;
        };
    }

    /**
     * Ends the process with 0 on SIGTERM. The JVM's default is 143, which a platform may count as a crash. Not in dev mode,
     * which handles signals itself.
     */
    static void exitCleanlyOnSigterm(GracefulShutdown underWay) {
        if (!StandIns.arePresent()) {
            Signal.handle(new Signal("TERM"), signal -> exitWhenEnded(underWay));
        }
    }

    /** Ends the work before Quarkus closes the port, so that probes find the process alive and not ready meanwhile. */
    private static void exitWhenEnded(GracefulShutdown underWay) {
        try {
            underWay.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Quarkus.asyncExit(COMPLETED);
        }
    }

    /** Opens no HTTP port, so that a command can run beside a serving process. Call it before Quarkus starts. */
    static void withoutHttpPort() {
        System.setProperty("quarkus.http.host-enabled", "false");
    }

    /** Called when Quarkus has stopped. Null in dev mode, which continues and waits for corrected sources. */
    static @Nullable BiConsumer<Integer, Throwable> handler() {
        return handler(reason -> FAILED);
    }

    /**
     * The same, for a command with its own exit code if the database is unavailable.
     *
     * @param databaseDown prints the result with the reason, and returns the exit code
     */
    static @Nullable BiConsumer<Integer, Throwable> handler(ToIntFunction<String> databaseDown) {
        return StandIns.arePresent() ? null : (exitCode, fault) -> exit(exitCode, fault, databaseDown);
    }

    /** What is wrong with the settings or the database may show only when the beans are made. */
    private static void exit(int exitCode, @Nullable Throwable fault, ToIntFunction<String> databaseDown) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException faults) {
                cause = new SettingsException(StartUpSettings.faults(faults));
            }
            if (cause instanceof BindException) {
                cause = new SettingsException("port %s is in use: stop the other process, or set PORT to another"
                        .formatted(StartUpSettings.unmapped().getValue("quarkus.http.port", String.class)));
            }
            if (cause instanceof SettingsException) {
                System.err.println(cause.getMessage());
                System.exit(WRONG_SETTINGS);
            }
        }
        if (fault != null) {
            exitWithout(fault, databaseDown);
        }
        System.exit(exitCode);
    }

    private static void exitWithout(Throwable fault, ToIntFunction<String> databaseDown) {
        var refusal = Database.refusal(fault);
        if (refusal.isEmpty()) {
            fault.printStackTrace();
            return;
        }
        System.err.println(refusal.get());
        System.exit(Database.isRefused(fault) ? WRONG_SETTINGS : databaseDown.applyAsInt(refusal.get()));
    }
}
