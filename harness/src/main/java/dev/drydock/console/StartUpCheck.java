package dev.drydock.console;

import dev.drydock.config.DrydockConfig;
import dev.drydock.config.SettingNames;
import dev.drydock.config.SettingsException;
import dev.drydock.database.DatabaseProbe;
import dev.drydock.http.HttpClients;
import dev.drydock.model.BaseUrlCheck;
import dev.drydock.model.ModelCatalog;
import dev.drydock.offline.StandIns;
import dev.drydock.redact.Redactor;
import dev.drydock.trace.TraceExport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Checks the settings before anything is started, and names all faults at once, each with its remedy. In dev mode they are
 * warnings.
 */
final class StartUpCheck {

    private static final Logger LOG = Logger.getLogger(StartUpCheck.class.getName());

    private StartUpCheck() {}

    /**
     * Ends the process with one message on standard error if anything is missing or wrong.
     *
     * @param asksModels whether the model server must be configured
     */
    static void orExit(boolean asksModels) {
        check(asksModels, reason -> {});
    }

    /**
     * The same for a command that asks models, and ends the process where the database is unavailable.
     *
     * @param databaseDown reports that, given the reason, and returns the exit code
     */
    static void orExit(ToIntFunction<String> databaseDown) {
        check(true, reason -> {
            System.err.println(reason);
            System.exit(databaseDown.applyAsInt(reason));
        });
    }

    private static void check(boolean asksModels, Consumer<String> databaseDown) {
        var config = StartUpSettings.unmapped();
        var names = new SettingNames(config);
        var written = new SettingFaults(config, names);
        if (StandIns.arePresent()) { // dev mode: nothing is missing, and wrong values show on its page
            written.misleading().forEach(LOG::warning);
            return;
        }
        var faults = new ArrayList<>(written.missing(asksModels));
        var database = written.database();
        faults.addAll(database);
        faults.addAll(written.misleading());
        var values = StartUpSettings.values(names);
        faults.addAll(values.faults());
        values.settings().ifPresent(settings -> faults.addAll(faultsOf(settings, asksModels)));
        var probe = database.isEmpty() ? DatabaseProbe.connect(config) : DatabaseProbe.NONE;
        if (probe.wrongSettings()) {
            faults.add(probe.reason());
        }
        if (!faults.isEmpty()) {
            System.err.println(new SettingsException(faults).getMessage());
            System.exit(ProcessExit.WRONG_SETTINGS);
        }
        if (!probe.connected()) {
            databaseDown.accept(probe.reason());
        }
    }

    /** Faults that show only when settings are used: with each other, with a file, or with the model server, which takes some seconds at most. */
    private static List<String> faultsOf(DrydockConfig settings, boolean asksModels) {
        var faults = new ArrayList<String>();
        Stream.<Consumer<DrydockConfig>>of(Redactor::new, ModelCatalog::new, TraceExport::check)
                .forEach(check -> faults.addAll(faultsOf(() -> check.accept(settings))));
        faults.addAll(faultsOf(() -> {
            var clients = new HttpClients(settings);
            if (asksModels) {
                new BaseUrlCheck(settings.model(), clients).advice().ifPresent(faults::add);
            }
        }));
        return faults;
    }

    private static List<String> faultsOf(Runnable use) {
        try {
            use.run();
            return List.of();
        } catch (SettingsException e) {
            return e.faults();
        }
    }
}
