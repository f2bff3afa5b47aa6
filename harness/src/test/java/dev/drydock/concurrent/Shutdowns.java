package dev.drydock.concurrent;

import dev.drydock.TestSettings;
import java.time.Duration;
import java.util.Map;

/** A process that is stopping, or will. */
public final class Shutdowns {

    private Shutdowns() {}

    /** Of a process that does not stop yet, and gives its work so long. */
    public static GracefulShutdown within(Duration grace) {
        return new GracefulShutdown(TestSettings.of(Map.of("drydock.shutdown-grace", grace.toString())));
    }

    public static GracefulShutdown ended() throws InterruptedException {
        var shutdown = new GracefulShutdown(TestSettings.of(Map.of()));
        shutdown.end();
        return shutdown;
    }
}
