package dev.drydock.concurrent;

import dev.drydock.TestSettings;
import java.util.Map;

/** A process that is stopping. */
public final class Shutdowns {

    private Shutdowns() {}

    public static GracefulShutdown ended() throws InterruptedException {
        var shutdown = new GracefulShutdown(TestSettings.of(Map.of()));
        shutdown.end();
        return shutdown;
    }
}
