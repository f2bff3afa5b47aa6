package dev.drydock.console;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** A command that starts the application for one task and ends the process with its exit code. */
final class OneShot {

    private OneShot() {}

    /** Checks the settings first. Opens no HTTP port, so that it can run beside a serving process. */
    static void run(Class<? extends QuarkusApplication> task, String... arguments) {
        run(false, task, arguments);
    }

    /** The same. The model server must be configured only if the task asks models. */
    static void run(boolean asksModels, Class<? extends QuarkusApplication> task, String... arguments) {
        StartUpCheck.orExit(asksModels);
        ProcessExit.withoutHttpPort();
        Quarkus.run(task, ProcessExit.handler(), arguments);
    }

    /** The same, for a task whose only argument is whether it prints JSON. */
    static void run(Class<? extends QuarkusApplication> task, boolean json) {
        run(task, json ? new String[] {"--json"} : new String[0]);
    }
}
