package dev.drydock.console;

import dev.drydock.config.SettingNames;
import dev.drydock.config.SettingsException;
import dev.drydock.database.DatabaseProbe;
import dev.drydock.http.HttpClients;
import dev.drydock.model.BaseUrlCheck;
import dev.drydock.offline.StandIns;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Checks the settings before anything is started, and names all faults at once, each with its remedy. In dev mode they are
 * warnings.
 */
final class StartUpCheck {

    private static final Logger LOG = Logger.getLogger(StartUpCheck.class.getName());

    /** A field, because the log manager discards loggers that are not referenced, with their levels. */
    private static final Logger VALIDATOR_LOG = Logger.getLogger("org.hibernate.validator");

    private StartUpCheck() {}

    /** Ends the process with one message on standard error if anything is missing or wrong. */
    static void orExit() {
        check(reason -> {});
    }

    /**
     * The same, and ends the process where the database is unavailable.
     *
     * @param databaseDown reports that, given the reason, and returns the exit code
     */
    static void orExit(ToIntFunction<String> databaseDown) {
        check(reason -> {
            System.err.println(reason);
            System.exit(databaseDown.applyAsInt(reason));
        });
    }

    private static void check(Consumer<String> databaseDown) {
        VALIDATOR_LOG.setLevel(Level.WARNING); // its version line would be logged unformatted at this point
        var config = StartUpSettings.unmapped();
        if (StandIns.arePresent()) { // dev mode: nothing is missing, and wrong values show on its page
            new SettingFaults(config).misleading().forEach(LOG::warning);
            return;
        }
        try {
            failIfAny(faults(config));
            askOutside(config, databaseDown);
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(ProcessExit.WRONG_SETTINGS);
        }
    }

    /** Faults that show only when a file is read or a server is asked. Takes some seconds at most. */
    private static void askOutside(SmallRyeConfig config, Consumer<String> databaseDown) {
        var settings = StartUpSettings.mapped();
        var clients = new HttpClients(settings);
        new BaseUrlCheck(settings.model(), clients).advice().ifPresent(advice -> failIfAny(List.of(advice)));
        var database = DatabaseProbe.connect(config);
        if (database.wrongSettings()) {
            failIfAny(List.of(database.reason()));
        }
        if (!database.connected()) {
            databaseDown.accept(database.reason());
        }
    }

    private static void failIfAny(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }

    private static List<String> faults(SmallRyeConfig config) {
        var written = new SettingFaults(config);
        var faults = new ArrayList<>(written.missing());
        faults.addAll(written.misleading());
        try {
            StartUpSettings.mapped();
        } catch (ConfigValidationException e) {
            faults.addAll(StartUpSettings.problems(e, new SettingNames(config)));
        }
        return faults;
    }
}
